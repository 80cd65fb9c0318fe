//! The agenda of a meeting: changing it item by item until the start.
mod handlers;
mod model;
mod pages;
mod service;

pub use model::{lacks_goal_time, may_run_over};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/programs/{program_id}/groups/{group_id}/meetings/{meeting_id}", Who::Member, get(handlers::show))
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/meetings/{meeting_id}/items",
            Who::Member,
            post(handlers::add),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/meetings/{meeting_id}/items/{item_id}",
            Who::Member,
            post(handlers::change),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/meetings/{meeting_id}/template",
            Who::Member,
            post(handlers::template),
        )
}
