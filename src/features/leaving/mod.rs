//! How a part is interrupted and how it ends: pausing, leaving, finishing early, and removal,
//! which takes two people.
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
pub use model::{PauseProblem, RemovalState, Standing, check_pause, standing};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};
use handlers::{own, removal};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET POST", "/programs/{program_id}/pause", Who::Peer, get(own::pause_page).post(own::pause))
        .at("POST", "/programs/{program_id}/pause/end", Who::Peer, post(own::end_pause))
        .at("GET POST", "/programs/{program_id}/leave", Who::Peer, get(own::leave_page).post(own::leave))
        .at("GET POST", "/programs/{program_id}/finish", Who::Peer, get(own::finish_page).post(own::finish))
        .at(
            "GET POST",
            "/programs/{program_id}/people/{participation_id}/removal",
            Who::Coordinator,
            get(removal::propose_page).post(removal::propose),
        )
        .at("GET", "/programs/{program_id}/removals", Who::CoordinatorOrContact, get(removal::list))
        .at(
            "GET POST",
            "/programs/{program_id}/removals/{removal_id}",
            Who::CoordinatorOrContact,
            get(removal::page).post(removal::decide),
        )
}
