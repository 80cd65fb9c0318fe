//! Every statement that writes `approval_requests` and `pledges`, and what this slice reads.
mod decisions;
mod digest;
mod places;
mod requests;

pub(super) use decisions::{Decided, accept, decide, keep_promises, mark_sent, note_talk_first, promises};
pub(super) use digest::{Addressee, DigestLine, addressee, decided_between};
pub(super) use places::{Place, coordinators, is_in_own_group, lock_place, place};
pub(super) use requests::{close, earlier, exists, find, insert, latest, lock, lock_latest_id, renew};
