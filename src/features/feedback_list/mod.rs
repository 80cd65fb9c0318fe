//! What somebody gave and received in their group, and what waits for them: one list of everything that is written,
//! said, asked for and shown. No tables.
mod handlers;
mod pages;
mod queries;
mod service;

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default().at("GET", "/programs/{program_id}/groups/{group_id}/feedback", Who::Member, get(handlers::mine))
}
