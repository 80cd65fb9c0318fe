//! A program's page: for its coordinators what needs them, from facts alone; for peers and the
//! contact person what the program is.
mod handlers;
mod pages;
mod queries;
mod sentence;
mod service;

pub use crate::features::warnings::{Action, Kind, Thing, Urgency, Warning, on_the_desk, things, warnings};
pub use sentence::{Piece, Sentence, sentence};

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default().at("GET", "/programs/{program_id}", Who::Program, get(handlers::program))
}
