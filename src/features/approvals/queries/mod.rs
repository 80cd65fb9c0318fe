//! Every statement that writes `approval_requests` and `pledges`, and what this slice reads.
mod closing;
mod coordinators;
mod decisions;
mod requests;

pub(super) use closing::{close, close_all, renew};
pub(crate) use closing::{close_about, close_about_called_off};
pub(crate) use coordinators::{Addressee, addressee, coordinators};
pub(super) use decisions::mark_sent;
pub(crate) use decisions::{
    Decided, accept, conditions_waiting_since, decide, keep_promises, note_talk_first, promises, stop_reminders,
    supersede_older,
};
pub(super) use requests::insert;
pub(crate) use requests::{
    Holding, earlier, exists, find, holding, latest, latest_about, lock, lock_latest_id, said_yes_before,
};
