//! What people say of themselves: wants, offers, themes, where they work, when they can meet, and
//! with whom they would rather not. Who reads a field is said by one rule ([`Field::is_read_by`]),
//! which the pages obey and the lines under the fields are made from.
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;

pub use erase::erase;
pub use model::{Apart, Field, Reader, Slot, readers_line, readers_of, together, week_from, week_words};
pub(crate) use pages::ProfileFields;
pub use queries::{SlotOf, pairs_apart, slots};
pub(crate) use service::{Profile, read_own};

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default()
        .at("GET POST", "/programs/{program_id}/profile", Who::Peer, get(handlers::own).post(handlers::save_own))
        .at(
            "GET POST",
            "/programs/{program_id}/profile/not-with",
            Who::Peer,
            get(handlers::not_with).post(handlers::change_not_with),
        )
        .at(
            "GET POST",
            "/programs/{program_id}/people/{participation_id}/profile",
            Who::Coordinator,
            get(handlers::of_somebody).post(handlers::save_of_somebody),
        )
        .at("GET", "/programs/{program_id}/kept-apart", Who::Coordinator, get(handlers::kept_apart))
        .at("GET", "/programs/{program_id}/groups/{group_id}/profiles", Who::Member, get(handlers::of_the_group))
}
