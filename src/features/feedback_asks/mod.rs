//! Asking somebody in one's group for feedback: on which agreed elements, and by when. The two read it, nobody else.
mod email;
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;

pub use email::compose;
pub use erase::erase;
pub(crate) use handlers::{part_of_list, what_was_asked};
pub use model::End;
pub(crate) use pages::Part;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/feedback/ask",
            Who::Member,
            get(handlers::page).post(handlers::ask),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/feedback-asks/{feedback_ask_id}/not-now",
            Who::Member,
            post(handlers::not_now),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/feedback-asks/{feedback_ask_id}/take-back",
            Who::Member,
            post(handlers::take_back),
        )
}
