//! People who ask to join: a program's public page, where its coordinators allow it, and their
//! page on which they invite who asked, or not now.
mod erase;
mod handlers;
mod pages;
mod queries;
pub mod rows;
mod schedule;
mod service;

pub use erase::erase;
pub use schedule::tick;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET POST", "/p/{program_id}", Who::Anyone, get(handlers::public).post(handlers::ask))
        .at("GET", "/p/{program_id}/asked", Who::Anyone, get(handlers::asked))
        .at("GET POST", "/programs/{program_id}/asks", Who::Coordinator, get(handlers::list).post(handlers::allow))
        .at("GET", "/programs/{program_id}/asks.csv", Who::Coordinator, get(handlers::export))
        .at("POST", "/programs/{program_id}/asks/{ask_id}", Who::Coordinator, post(handlers::decide))
}
