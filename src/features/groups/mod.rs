//! Groups: who is ready to be placed, forming groups, launching the program, and placing
//! people who come later.
pub mod archive;
mod email;
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
mod service;

pub use email::compose;
pub use erase::erase;
pub use model::{
    Candidate, Clash, Place, Readiness, Refusal, Request, Sizes, clashes, kept_apart, launch_problems, needed_on,
    objections, readiness, supervisors,
};
pub use queries::{OpenMember, leave_group, open_members};

use crate::web::routing::{Routes, Who};
use axum::routing::get;
use handlers::{change, launch, overview};

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
        .at("GET POST", "/programs/{program_id}/launch", Who::Coordinator, get(launch::page).post(launch::launch))
}
