//! Feedback before it is shared: to whom, the form, reading it through, sharing it and taking it back.
mod email;
mod handlers;
mod model;
mod pages;
mod queries;
mod service;

pub use email::compose;
pub use model::{
    Between, Element, Happened, Membership, check_day, check_element, read as read_draft, typed_of, were_together,
};
pub(crate) use pages::{Choice, Earlier, ToWrite, Way, earlier, occasions, to_write, ways};
pub(crate) use service::{Someone, others};
pub use service::{read_between, read_between_from};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/feedback/new",
            Who::Member,
            get(handlers::new).post(handlers::create),
        )
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/draft",
            Who::Member,
            get(handlers::through).post(handlers::keep),
        )
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/edit",
            Who::Member,
            get(handlers::edit).post(handlers::change),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/share",
            Who::Member,
            post(handlers::share),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/take-back",
            Who::Member,
            post(handlers::take_back),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/discard",
            Who::Member,
            post(handlers::discard),
        )
}
