//! Joining a program: a peer reads what is asked, says what they want and offer, and names the
//! supervisor who is asked; later they see where their place stands.
mod handlers;
mod model;
mod pages;
mod queries;
mod service;

pub(crate) use queries::{lock_place, place};
pub(crate) use service::{Accepted, forbidden, refuse_condition, take_condition};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};
use handlers as join;

pub fn routes() -> Routes {
    Routes::default()
        .at("GET POST", "/programs/{program_id}/join", Who::Peer, get(join::show).post(join::join))
        .at("POST", "/programs/{program_id}/join/wishes", Who::Peer, post(join::change_wishes))
        .at("POST", "/programs/{program_id}/join/ask-again", Who::Peer, post(join::ask_again))
        .at("POST", "/programs/{program_id}/join/accept", Who::Peer, post(join::accept))
        .at("POST", "/programs/{program_id}/join/refuse", Who::Peer, post(join::refuse))
        .at(
            "POST",
            "/programs/{program_id}/people/{participation_id}/ask-again",
            Who::Coordinator,
            post(join::send_again),
        )
}
