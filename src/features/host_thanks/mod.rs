//! Thanks to the host of a visit: words of one member, sent by email once, or said in another way and ticked.
mod card;
mod email;
mod erase;
mod handlers;
mod pages;
mod queries;
mod service;

pub(crate) use card::ThanksCard;
pub use email::compose;
pub use erase::erase;
pub(crate) use service::card;

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default().at(
        "GET POST",
        "/programs/{program_id}/groups/{group_id}/trips/{trip_id}/thanks",
        Who::Member,
        get(handlers::show).post(handlers::thank),
    )
}
