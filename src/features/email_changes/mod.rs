//! Another address to sign in with. Its owner asks for it and confirms it from the new address; a
//! site admin's change waits a week. Both are announced to the old address, which can stop them.
mod email;
mod erase;
mod handlers;
mod link;
mod model;
mod pages;
mod queries;
mod schedule;
mod service;

pub use email::compose;
pub use erase::erase;
pub use model::{AskedBy, Change, Ended};
pub use schedule::tick;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};
use handlers::{asking, linked};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET POST", "/account/email", Who::SignedIn, get(asking::own_page).post(asking::ask))
        .at("POST", "/account/email/stop", Who::SignedIn, post(asking::stop_own))
        .at(
            "GET POST",
            "/admin/people/{person_id}/email",
            Who::SiteAdmin,
            get(asking::admin_page).post(asking::ask_for_another),
        )
        .at("GET", "/confirm-email/{secret}", Who::LinkHolder, get(linked::open_confirm))
        .at(
            "GET POST",
            "/email-changes/{change_id}/confirm",
            Who::LinkHolder,
            get(linked::confirm_page).post(linked::confirm),
        )
        .at("GET", "/stop-email/{secret}", Who::LinkHolder, get(linked::open_stop))
        .at("GET POST", "/email-changes/{change_id}/stop", Who::LinkHolder, get(linked::stop_page).post(linked::stop))
}
