//! What a group agrees about how it works together: versions of clauses, and each one's yes.
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod schedule;
mod service;

pub use model::{Clause, ClauseKind, Span, Voice, is_adopted, is_readable, template};
pub use queries::{Line, line};
pub use schedule::tick;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/programs/{program_id}/groups/{group_id}/agreement", Who::Member, get(handlers::page))
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/agreement/edit",
            Who::Member,
            get(handlers::edit_page).post(handlers::write),
        )
        .at("POST", "/programs/{program_id}/groups/{group_id}/agreement/agree", Who::Member, post(handlers::agree))
}
