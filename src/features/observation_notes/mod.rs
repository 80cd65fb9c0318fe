//! What an observer notes during and after an observation, for the two alone: first for the observer, and once handed
//! over for the observed person too, who may delete them without a trace, also once
//! their part in the program has ended.
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
pub use model::{Deleting, SheetKind, Side, deleting};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/trips/{trip_id}/notes",
            Who::Member,
            get(handlers::show).post(handlers::write),
        )
        .at(
            "GET",
            "/programs/{program_id}/groups/{group_id}/trips/{trip_id}/notes/sheet",
            Who::Member,
            get(handlers::sheet),
        )
        .at("GET", "/programs/{program_id}/observation-notes", Who::OwnPart, get(handlers::own))
        .at("POST", "/programs/{program_id}/observation-notes/{trip_id}/delete", Who::OwnPart, post(handlers::delete))
}
