//! What moves on a goal: short notes and steps done, written at any time, from the goal or a meeting's log.
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;

pub use erase::erase;
pub(crate) use model::LONGEST_NOTE;
pub use model::{NewNote, NoteKind, may_write};
pub(crate) use pages::{NoteLine, lines};
pub(crate) use queries::NoteRow;
pub(crate) use service::{add, of_goal};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/goals/{goal_id}/notes",
            Who::Member,
            get(handlers::page).post(handlers::write),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/goals/{goal_id}/notes/{note_id}/remove",
            Who::Member,
            post(handlers::remove),
        )
}
