//! Emails that come by themselves: once to a group without a date, and at most one a week with
//! what waits for somebody, gathered from facts and without a word of what was said.
mod email;
mod erase;
mod handlers;
mod link;
mod model;
mod pages;
mod queries;
mod schedule;
mod service;

pub use email::compose;
pub use erase::erase;
pub use link::draw as draw_stop;
pub use model::{Mine, Waits, waits};
pub use queries::is_stopped;
pub use schedule::tick;

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default().at(
        "GET POST",
        "/weekly-email/{secret}",
        Who::LinkHolder,
        get(handlers::page).post(handlers::stop),
    )
}
