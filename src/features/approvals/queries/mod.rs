//! Every statement that writes `approval_requests` and `pledges`, and what this slice reads.
mod decisions;
mod digest;
mod requests;

pub(super) use decisions::mark_sent;
pub(crate) use decisions::{Decided, accept, decide, keep_promises, note_talk_first, promises};
pub(super) use digest::{Addressee, DigestLine, addressee, coordinators, decided_between};
pub(super) use requests::{close, close_all, insert, renew};
pub(crate) use requests::{earlier, exists, find, latest, lock, lock_latest_id};
