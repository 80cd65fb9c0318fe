//! A program: what it is, when, what it asks of people, who looks after it, and how far it is.
//!
//! Creating one is a walk of short pages that carries everything typed from page to page; nothing
//! is stored before "Create the program". The same pages, one at a time, change it afterwards.
pub mod archive;
mod email;
mod handlers;
mod model;
mod pages;
mod queries;
mod service;

pub use email::compose;
pub use model::{
    Asks, Change, Contacts, Go, Groups, Meetings, Settings, Step, Stored, SupervisorAnswers, Theme, Typed, What, When,
    closing_from, forbidden, may_close,
};
pub use queries::{forget_if_unrelated, launch, lock, open, remember, remember_all};

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
        .at("POST", "/programs/{program_id}/close", Who::Coordinator, post(lifecycle::close))
        .at(
            "GET POST",
            "/programs/{program_id}/cancel",
            Who::Coordinator,
            get(lifecycle::cancel_page).post(lifecycle::cancel),
        )
}
