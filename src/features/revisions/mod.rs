//! Written feedback in other words, once, after an answer: the first words stay, and both are read by the two.
mod email;
mod handlers;
mod pages;
mod service;

pub use email::compose;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/revise",
            Who::Member,
            get(handlers::write).post(handlers::revise),
        )
        .at(
            "GET",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/revision",
            Who::Member,
            get(handlers::show),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/revision/answer",
            Who::Member,
            post(handlers::answer),
        )
}
