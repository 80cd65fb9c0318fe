//! From every page a peer can write to a coordinator or a contact person, privately: one email to that person, and
//! a list for who wrote it, kept for a month.
mod email;
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
mod schedule;
mod service;

pub use email::compose;
pub use erase::erase;
pub use model::came_from;
pub use schedule::tick;

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default().at("GET POST", "/help", Who::SignedIn, get(handlers::show).post(handlers::ask))
}
