//! The page of a group: for its members what is next and how it goes between them; for
//! coordinators the facts. Reads, and writes nothing.
mod both_ways;
mod handlers;
mod model;
mod pages;
mod queries;
mod service;
mod time_spent;

pub use both_ways::{Between, Observed, Turns, feedback_words, observation_words, turn_words};
pub use model::Called;
pub(crate) use pages::FactsSheet;
pub(crate) use service::{OwnGroup, own_facts};
pub use time_spent::{Minutes, Spent, spent};

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default().at(
        "GET",
        "/programs/{program_id}/groups/{group_id}",
        Who::GroupOrCoordinator,
        get(handlers::group),
    )
}
