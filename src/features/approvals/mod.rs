//! Requests for a supervisor's approval: what is asked, where it stands, what was promised, and
//! the emails about it.
//!
//! A peer asks in [`joining`](super::joining), a supervisor answers in [`answers`](super::answers);
//! both write requests and pledges by what this slice offers.
mod email;
mod erase;
mod link;
mod model;
mod queries;
pub mod rows;
mod service;

pub use email::compose;
pub(crate) use email::{DecisionsDigest, Receipt, TellCoordinator, TellPeer};
pub use erase::erase;
pub(crate) use link::draw as draw_link;
pub(crate) use model::{AskingProgram, NewRequest, Promise, Request, RequestFacts, Terms};
pub use model::{
    BuyIn, DIGEST_HOUR, PledgeKind, Purpose, ReasonCode, RequestState, Told, in_effect, is_weekend, may_ask_again,
    next_digest, standing,
};
pub(crate) use queries::{
    Addressee, Decided, Holding, accept, addressee, close_about, close_about_called_off, conditions_waiting_since,
    coordinators, decide, earlier, exists, find, holding, keep_promises, latest, latest_about, lock, lock_latest_id,
    note_talk_first, promises, said_yes_before, stop_reminders, supersede_older,
};
pub(crate) use service::{
    OnceMore, ask, ask_once_more, confirm, did_not_arrive, end, end_all, tell, tell_coordinators,
};
