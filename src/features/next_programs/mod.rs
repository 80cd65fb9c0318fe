//! Starting a program from one that closes or has ended: a draft with what is set, the library and the contacts of the
//! one before, its themes moved with the first day, and its lessons, which want an answer before the groups begin.
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;

pub use model::{New, moved, proposed};

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default().at(
        "GET POST",
        "/programs/{program_id}/next",
        Who::Coordinator,
        get(handlers::show).post(handlers::start),
    )
}
