//! Every statement that writes `feedback` and `feedback_texts`.
mod drafts;
mod reads;
mod receiver;
mod reported;
mod spoken;

pub use drafts::{KeptDraft, Window, Writing, discard_draft, kept_draft, put_draft, share_draft, take_back};
pub(super) use reads::texts;
pub use reads::{find, lock};
pub(super) use receiver::{answer, open, save_answers, save_views, still_unopened};
pub use reported::{put_back, set_aside};

pub use spoken::{accept_said, confirm_said, dispute_said, insert_said, remove_said, update_said};

use crate::base::ids::{FeedbackId, GroupId, ParticipationId, ProgramId};

/// Where an item is to be found.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    pub program: ProgramId,
    pub group: GroupId,
    pub id: FeedbackId,
}

/// From whom to whom.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    pub giver: ParticipationId,
    pub receiver: ParticipationId,
}
