//! While a meeting runs: which item, for how long still, what comes next. Whoever holds the phone presses when
//! an item is done; what each took is derived from that, and the log begins from it.
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;

pub use model::{ItemTime, Stage, is_near, stage};
pub use queries::{forget, times_of};

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default().at(
        "GET POST",
        "/programs/{program_id}/groups/{group_id}/meetings/{meeting_id}/now",
        Who::Member,
        get(handlers::show).post(handlers::press),
    )
}
