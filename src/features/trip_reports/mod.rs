//! After a trip: a page that leads through what follows it, and writing it up: what was learned, and one thing to try.
//! Of a visit they are the group's; of an observation its observer writes the one, its observed person the other, and
//! the two alone read them.
mod handlers;
mod model;
mod pages;
mod service;

pub use model::{Boxes, boxes};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/programs/{program_id}/groups/{group_id}/trips/{trip_id}/after", Who::Member, get(handlers::show))
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/trips/{trip_id}/report",
            Who::Member,
            post(handlers::report),
        )
}
