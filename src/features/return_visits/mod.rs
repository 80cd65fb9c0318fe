//! The return visit: the host comes to see the group. It is planned, done, or agreed to be unnecessary; until one of
//! these is said it waits.
mod card;
mod handlers;
mod model;
mod pages;
mod queries;
mod service;

pub(crate) use card::ReturnCard;
pub use model::{How, Said, Standing, standing};
pub(crate) use service::{card, planned_as};

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default().at(
        "GET POST",
        "/programs/{program_id}/groups/{group_id}/trips/{trip_id}/return",
        Who::Member,
        get(handlers::show).post(handlers::say),
    )
}
