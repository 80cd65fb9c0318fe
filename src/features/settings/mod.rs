//! The pages on which a program is created and changed, its coordinators are named, and it is
//! ended or cancelled.
//!
//! Creating one is a walk of short pages that carries everything typed from page to page; nothing
//! is stored before "Create the program". The same pages, one at a time, change it afterwards.
mod handlers;
mod model;
mod pages;
mod service;

pub use model::{Change, Go, Step, Typed, forbidden};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};
use handlers::{create, lifecycle, settings};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET POST", "/programs/new", Who::Creator, get(create::first_page).post(create::turn_page))
        .at("GET", "/programs/{program_id}/settings", Who::Coordinator, get(settings::page))
        .at(
            "GET POST",
            "/programs/{program_id}/settings/{step}",
            Who::Coordinator,
            get(settings::step_page).post(settings::save_step),
        )
        .at("POST", "/programs/{program_id}/coordinators", Who::Coordinator, post(settings::add_coordinator))
        .at("GET POST", "/programs/{program_id}/end", Who::Coordinator, get(lifecycle::end_page).post(lifecycle::end))
        .at(
            "GET POST",
            "/programs/{program_id}/cancel",
            Who::Coordinator,
            get(lifecycle::cancel_page).post(lifecycle::cancel),
        )
}
