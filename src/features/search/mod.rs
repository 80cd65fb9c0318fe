//! Finding people and groups by any part of their words, as far as one may see them: coordinators in their programs,
//! peers in their groups, site admins among accounts. No tables.
mod handlers;
mod model;
mod pages;
mod queries;
mod service;

pub use model::Sought;

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default().at("GET", "/search", Who::SignedIn, get(handlers::search))
}
