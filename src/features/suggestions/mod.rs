//! Suggested groups: a draft of groups for everyone who is ready, worked out in the background. A
//! coordinator reads why, moves people, and has the groups formed as if by hand.
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
mod service;

pub use erase::erase;
pub use model::DraftState;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};
use handlers::{ask, draft};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET POST", "/programs/{program_id}/suggestions", Who::Coordinator, get(ask::page).post(ask::start))
        .at("GET", "/programs/{program_id}/suggestions/{suggestion_id}", Who::Coordinator, get(draft::page))
        .at(
            "POST",
            "/programs/{program_id}/suggestions/{suggestion_id}/move",
            Who::Coordinator,
            post(draft::move_somebody),
        )
        .at("POST", "/programs/{program_id}/suggestions/{suggestion_id}/use", Who::Coordinator, post(draft::use_it))
        .at("POST", "/programs/{program_id}/suggestions/{suggestion_id}/drop", Who::Coordinator, post(draft::drop_it))
}
