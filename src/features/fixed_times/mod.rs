//! Two times of the week at which a group on shifts meets in turn: whoever works at one of them is free at the
//! other. Each next date is derived from them, the rhythm, and when the group met last.
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;

pub use model::{FixedTime, next};
pub(crate) use service::next_of;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/fixed-times",
            Who::Member,
            get(handlers::show).post(handlers::save),
        )
        .at("POST", "/programs/{program_id}/groups/{group_id}/fixed-times/end", Who::Member, post(handlers::end))
}
