//! From one peer to another, on elements agreed beforehand: a draft is read through, shared,
//! opened and answered. Nobody but the two ever reaches it.
pub mod archive;
mod email;
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
mod service;

pub use email::compose;
pub use erase::erase;
pub use model::{
    Element, Feedback, FeedbackState, Format, Membership, Occasion, Part, Reply, Standing, Text, Words, keep_to_reader,
    reminder_at, standing, were_together,
};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/programs/{program_id}/groups/{group_id}/feedback", Who::Member, get(handlers::mine))
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/feedback/new",
            Who::Member,
            get(handlers::write::new).post(handlers::write::create),
        )
        .at("GET", "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}", Who::Member, get(handlers::show))
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/edit",
            Who::Member,
            get(handlers::write::edit).post(handlers::write::change),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/share",
            Who::Member,
            post(handlers::write::share),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/take-back",
            Who::Member,
            post(handlers::write::take_back),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/discard",
            Who::Member,
            post(handlers::write::discard),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/open",
            Who::Member,
            post(handlers::receive::open),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/answer",
            Who::Member,
            post(handlers::receive::answer),
        )
}
