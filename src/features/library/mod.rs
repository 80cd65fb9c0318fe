//! What peers begin from: goals to adapt, elements by what somebody does, questions to borrow for a visit. Nobody
//! has to face an empty box. One library ships; what a program's coordinators switch off or add is kept, and
//! nothing else of it.
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;
mod shipped;

pub use model::{Entry, EntryKind, Example, Kind, Library, merged, shipped_name};
pub use queries::{copy, of_program};
pub use shipped::{EXAMPLES, KINDS, ShippedExample, ShippedKind};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET POST", "/programs/{program_id}/library", Who::Coordinator, get(handlers::page).post(handlers::add))
        .at("POST", "/programs/{program_id}/library/shipped", Who::Coordinator, post(handlers::switch))
        .at("POST", "/programs/{program_id}/library/{entry_id}", Who::Coordinator, post(handlers::change))
        .at("POST", "/programs/{program_id}/library/{entry_id}/remove", Who::Coordinator, post(handlers::remove))
}
