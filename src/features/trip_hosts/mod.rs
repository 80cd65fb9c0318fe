//! The host of a trip: a member asks by email, the host answers by a link, without an account.
//!
//! Opening the link decides nothing; an answer can be changed by the same link until the day of the trip. What the
//! host writes is for the group.
mod email;
mod erase;
mod handlers;
mod link;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;

pub use email::compose;
pub use erase::erase;
pub use model::{Answer, Asked, HostWord, Stance, stance};
pub(crate) use pages::HostCard;
pub(crate) use queries::asked;
pub(crate) use service::{forget, tell, waiting};

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/trips/{trip_id}/host",
            Who::Member,
            get(handlers::ask_page).post(handlers::ask),
        )
        .at("GET", "/host/{secret}", Who::LinkHolder, get(handlers::enter))
        .at("GET POST", "/hosts/{trip_id}", Who::LinkHolder, get(handlers::show).post(handlers::answer))
}
