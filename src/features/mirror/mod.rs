//! What others see of a peer, shown to the peer by the templates that show it to them: the page a
//! supervisor gets, and what coordinators read. Nothing can be sent from here, and nothing is written.
mod handlers;
mod pages;
mod service;

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/programs/{program_id}/what-my-supervisor-sees", Who::Peer, get(handlers::supervisor))
        .at("GET", "/programs/{program_id}/what-my-coordinator-sees", Who::Peer, get(handlers::coordinator))
}
