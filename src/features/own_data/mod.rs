//! All that is held about a person: to take along as a file, to read, and to erase. The manifest
//! says of every column what becomes of it in both.
mod email;
mod handlers;
mod model;
mod pages;
mod queries;
mod schedule;
mod service;

pub use email::compose;
pub use model::{Classed, manifest};
pub use schedule::tick;

use crate::web::routing::{Routes, Who};
use axum::routing::get;
use handlers::{download, erasing};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/account/data.json", Who::SignedIn, get(download::json))
        .at("GET", "/account/data.html", Who::SignedIn, get(download::html))
        .at("GET POST", "/account/erase", Who::SignedIn, get(erasing::own_page).post(erasing::erase_own))
        .at(
            "GET POST",
            "/admin/people/{person_id}/erase",
            Who::SiteAdmin,
            get(erasing::admin_page).post(erasing::erase_for_another),
        )
}
