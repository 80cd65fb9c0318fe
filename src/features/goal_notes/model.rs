//! What a note on a goal is. No database, no HTML.
use crate::base::ids::{GoalId, GoalNoteId, ParticipationId};

crate::text_enum! {
    /// Something to keep, or something that is done.
    pub enum NoteKind {
        Note = "note",
        Step = "step",
    }
}

impl NoteKind {
    /// As a label beside the words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Note => "Note",
            Self::Step => "Step done",
        }
    }
}

/// In characters.
pub(crate) const LONGEST_NOTE: usize = 300;

/// A note that is written.
#[derive(Debug, Clone)]
pub struct NewNote {
    pub id: GoalNoteId,
    pub goal_id: GoalId,
    pub kind: NoteKind,
    pub words: String,
}

/// A group's goal is everybody's to note on, somebody's own goal is its owner's.
#[must_use]
pub fn may_write(owner: Option<ParticipationId>, me: ParticipationId) -> bool {
    owner.is_none_or(|owner| owner == me)
}
