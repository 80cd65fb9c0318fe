//! What becomes of each of the five things that make a program work: kept, changed or stopped, and why. Coordinators
//! record it while the program closes; without all five it does not end.
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;

pub use model::{Component, Decision, Typed, Verdict, how_many, read};
pub use queries::of_program;
pub use service::undecided;
pub(crate) use service::{Ended, end, missing};

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default().at(
        "GET POST",
        "/programs/{program_id}/decisions",
        Who::Coordinator,
        get(handlers::show).post(handlers::save),
    )
}
