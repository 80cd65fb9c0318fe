//! What an action is, and who reads it. No database, no HTML.
use crate::base::ids::{ActionId, MeetingId, ParticipationId};
use time::Date;

crate::text_enum! {
    /// `open → done | dropped`.
    pub enum ActionState {
        Open = "open",
        Done = "done",
        Dropped = "dropped",
    }
}

/// In characters, as the reason for dropping one.
pub(super) const LONGEST: usize = 200;

/// Rule 8: who came after it was written down does not read it, unless it is theirs to do.
#[must_use]
pub fn is_readable(written_on: Date, joined_on: Date, own: bool) -> bool {
    own || joined_on <= written_on
}

/// An action that is written down.
#[derive(Debug)]
pub(super) struct NewAction {
    pub(super) id: ActionId,
    pub(super) words: String,
    /// `None`: all of them.
    pub(super) owner_id: Option<ParticipationId>,
    pub(super) due_on: Date,
    /// Where it was agreed.
    pub(super) meeting_id: Option<MeetingId>,
}

/// How one ends.
#[derive(Debug)]
pub(super) enum Ending {
    Done,
    /// With the reason.
    Dropped(String),
}

impl Ending {
    pub(super) const fn state(&self) -> ActionState {
        match self {
            Self::Done => ActionState::Done,
            Self::Dropped(_) => ActionState::Dropped,
        }
    }
    pub(super) fn reason(&self) -> &str {
        match self {
            Self::Done => "",
            Self::Dropped(reason) => reason,
        }
    }
}
