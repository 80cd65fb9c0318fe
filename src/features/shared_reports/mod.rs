//! What a group lets its program read of a visit: words of its own, proposed by one member, shared once everybody who
//! went and is in the group has agreed to them, and taken back by any of them, who went also once
//! they have left.
mod card;
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;

pub(crate) use card::ShareCard;
pub use erase::erase;
pub use model::{Decision, Share, Went, decision};
pub(crate) use service::card;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

/// The address of sharing the report of a trip, and what follows.
macro_rules! share {
    ($rest:literal) => {
        concat!("/programs/{program_id}/groups/{group_id}/trips/{trip_id}/share", $rest)
    };
}

pub fn routes() -> Routes {
    Routes::default()
        .at("GET POST", share!(""), Who::Member, get(handlers::show).post(handlers::propose))
        .at("POST", share!("/yes"), Who::Member, post(handlers::agree))
        .at("POST", share!("/take-back"), Who::Member, post(handlers::take_back))
        .at("GET", "/programs/{program_id}/visits", Who::OwnPart, get(handlers::for_peers))
        .at("POST", "/programs/{program_id}/visits/{trip_id}/take-back", Who::OwnPart, post(handlers::take_own_back))
        .at("GET", "/programs/{program_id}/shared-visits", Who::Coordinator, get(handlers::for_coordinators))
}
