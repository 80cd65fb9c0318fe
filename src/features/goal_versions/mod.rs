//! What goals say: who says yes to it, other words that are proposed for an agreed goal, and what it said before.
//! The words in force stand with the goal itself; the slices of [`goals`](super::goals) call these in their commands.
mod erase;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;

pub use erase::erase;
pub use model::{Consent, Wording, asked_until, consent, is_readable};
pub(crate) use pages::{EarlierLine, OtherWords, TypedWording, check_target, readers};
pub(crate) use queries::{Earlier, Proposal, add_agreement, agreements, drop_proposal, forget_agreements, proposal};
pub(crate) use service::{NewProposal, adopt, answer, keep, propose, read_earlier};
