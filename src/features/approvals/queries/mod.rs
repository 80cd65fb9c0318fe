//! Every statement that writes `approval_requests` and `pledges`, and what this slice reads.
mod coordinators;
mod decisions;
mod requests;

pub(crate) use coordinators::{Addressee, addressee, coordinators};
pub(super) use decisions::mark_sent;
pub(crate) use decisions::{
    Decided, accept, conditions_waiting_since, decide, keep_promises, note_talk_first, promises, stop_reminders,
    supersede_older,
};
pub(crate) use requests::{
    Holding, close_about, close_about_called_off, earlier, exists, find, holding, latest, latest_about, lock,
    lock_latest_id, said_yes_before,
};
pub(super) use requests::{close, close_all, insert, renew};
