//! What is sent about a request while nobody answers: reminders to the supervisor, a word to the
//! peer and the coordinators, the end of the time to answer. A condition that nobody accepts lapses.
mod email;
mod handlers;
mod link;
mod model;
mod pages;
mod schedule;
mod service;

pub use email::compose;
pub use model::{CONDITION_DAYS, Step};
pub use schedule::tick;
pub(crate) use service::{plan, plan_another_look};

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default().at(
        "GET POST",
        "/no-reminders/{secret}",
        Who::LinkHolder,
        get(handlers::page).post(handlers::stop),
    )
}
