//! What somebody in a group said they would do by a day: one of them or all, open until it is done or dropped.
//! The open ones come along to the next meeting.
mod erase;
mod handlers;
mod line;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;

pub use erase::erase;
pub(crate) use line::OpenLine;
pub use model::{ActionState, is_readable};
pub(crate) use service::{open_lines, tick};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/programs/{program_id}/groups/{group_id}/actions", Who::Member, get(handlers::list))
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/actions/new",
            Who::Member,
            get(handlers::new_page).post(handlers::write),
        )
        .at("POST", "/programs/{program_id}/groups/{group_id}/actions/{action_id}", Who::Member, post(handlers::change))
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/actions/{action_id}/done",
            Who::Member,
            post(handlers::done),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/actions/{action_id}/drop",
            Who::Member,
            post(handlers::drop_it),
        )
}
