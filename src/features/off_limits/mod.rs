//! What somebody wants left alone: shown to whoever is about to observe them or to write to them.
//! It is no element, and enters no figure.
mod erase;
mod handlers;
mod pages;
mod queries;
pub mod rows;
mod service;

pub use erase::erase;
pub(crate) use queries::{of_group, of_person};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/off-limits",
            Who::Member,
            get(handlers::page).post(handlers::add),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/off-limits/{area_id}/remove",
            Who::Member,
            post(handlers::remove),
        )
}
