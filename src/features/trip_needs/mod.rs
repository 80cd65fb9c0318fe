//! How those who go on a trip get there, for their group; and what each of them needs there, which they and whoever
//! planned the trip read, and nobody else. It is deleted once the
//! day of the trip is over or the trip is off.
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod schedule;
mod service;

pub use erase::erase;
pub(crate) use model::Travel;
pub(crate) use pages::TravelCard;
pub(crate) use queries::{forget, forget_called_off, keep_goers, travel};
pub use schedule::tick;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/trips/{trip_id}/travel",
            Who::Member,
            get(handlers::show).post(handlers::write_travel),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/trips/{trip_id}/needs",
            Who::Member,
            post(handlers::write_needs),
        )
}
