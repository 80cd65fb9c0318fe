//! Coordinators form groups: who is ready to be placed, forming and changing groups by hand,
//! launching the program, and placing people who come later.
mod handlers;
mod pages;
mod service;

pub(crate) use service::{Overview, Wanted, form_all, read};

use crate::web::routing::{Routes, Who};
use axum::routing::get;
use handlers::{change, groups_file, launch, overview};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET POST", "/programs/{program_id}/groups", Who::Coordinator, get(overview::page).post(overview::form))
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/edit",
            Who::Coordinator,
            get(change::page).post(change::save),
        )
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/remove",
            Who::Coordinator,
            get(change::ask_to_remove).post(change::remove),
        )
        .at("GET", "/programs/{program_id}/groups.csv", Who::Coordinator, get(groups_file::download))
        .at("GET POST", "/programs/{program_id}/launch", Who::Coordinator, get(launch::page).post(launch::launch))
}
