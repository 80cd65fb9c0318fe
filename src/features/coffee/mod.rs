//! A meeting of its own for catching up: offered to a group whose last three meetings took more time for it than
//! was kept. The offer is derived from the minutes; only that a group said "not this time" is stored.
mod handlers;
mod model;
mod queries;
mod service;

pub use model::{Offer, Ran, offer};
pub(crate) use service::offered;

use crate::web::routing::{Routes, Who};
use axum::routing::post;

pub fn routes() -> Routes {
    Routes::default().at(
        "POST",
        "/programs/{program_id}/groups/{group_id}/coffee/decline",
        Who::Member,
        post(handlers::decline),
    )
}
