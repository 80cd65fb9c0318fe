//! A program: what is set about it, how far it is, who looks after it, and the letters to them.
//!
//! Its pages are with [`settings`](super::settings); this slice writes its tables.
mod email;
mod erase;
mod model;
mod queries;
pub mod rows;
mod schedule;
mod service;

pub use email::compose;
pub use erase::{ToHandOver, all_of, erase, to_hand_over};
pub use model::{
    Asks, Contacts, Groups, Meetings, Settings, Stored, SupervisorAnswers, Theme, What, When, closing_from,
    domain_words, may_ask_at,
};
pub(crate) use queries::{
    Coordinator, allow_asks, archive, save_answers, save_asks, save_meetings, save_themes, save_what, save_when,
    stored, supervisor_domains,
};
pub use queries::{forget_all_unrelated, forget_if_unrelated, launch, lock, open, remember, remember_all};
pub use schedule::tick;
pub(crate) use service::{
    CoordinatorAdded, add_coordinator, cancel, change_contacts, create, create_in, has_ended, read,
};
