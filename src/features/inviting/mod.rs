//! Whom a program invites: opening it, inviting people once more, correcting whom a coordinator
//! entered, and taking off who has not acted.
mod email;
mod handlers;
mod pages;
mod service;

pub use email::compose;
pub use service::send_invitations;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};
use handlers::{correcting, inviting, opening};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET POST", "/programs/{program_id}/open", Who::Coordinator, get(opening::page).post(opening::open))
        .at(
            "POST",
            "/programs/{program_id}/people/{participation_id}/invite",
            Who::Coordinator,
            post(inviting::invite_again),
        )
        .at(
            "GET POST",
            "/programs/{program_id}/people/{participation_id}/correct",
            Who::Coordinator,
            get(correcting::page).post(correcting::correct),
        )
        .at(
            "GET POST",
            "/programs/{program_id}/people/{participation_id}/remove",
            Who::Coordinator,
            get(inviting::remove_page).post(inviting::remove),
        )
}
