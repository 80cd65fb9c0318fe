//! The agenda of a meeting: what it starts with, and changing it item by item until the start.
mod handlers;
mod model;
mod pages;
mod queries;
mod service;

pub use model::{
    DayTheme, GoalChoice, Led, Material, Template, TripChoice, Turns, drafts, is_untouched, lacks_goal_time, make_room,
    may_run_over,
};
pub use service::{Beginning, begin, carry_into_next};

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
