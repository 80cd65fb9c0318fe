//! What a coordinator writes to many at once: to everybody, to some groups, or to those of whom a fact says that
//! something is missing. Never by what people say to each other, nor by who came.
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
pub use model::{Addressee, Audience, fingerprint, to_people};

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/programs/{program_id}/letters", Who::Coordinator, get(handlers::list))
        .at(
            "GET POST",
            "/programs/{program_id}/letters/new",
            Who::Coordinator,
            get(handlers::new).post(handlers::press),
        )
        .at("GET", "/programs/{program_id}/letters/{letter_id}", Who::Coordinator, get(handlers::one))
}
