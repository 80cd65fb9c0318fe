//! Moving to another group: coordinators offer a place, to one person or to several of a group at
//! once, and each answers for themselves. A yes ends one membership and begins the next.
mod handlers;
mod pages;
mod service;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};
use handlers::{answering, offering};

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/moves",
            Who::Coordinator,
            get(offering::page).post(offering::offer),
        )
        .at("POST", "/programs/{program_id}/moves/{move_id}/withdraw", Who::Coordinator, post(offering::withdraw))
        .at("GET POST", "/programs/{program_id}/move", Who::Peer, get(answering::page).post(answering::answer))
}
