//! People who come as a list, pasted or as a file: what it would do, doing it, and undoing it.
//! A list is compared with what coordinators entered before, never with a person's account.
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
mod schedule;
mod service;

pub use erase::erase;
pub use model::{
    Counts, Effect, Entered, ImportState, Known, Line, List, MOST_LINES, Refusal, Refused, counts, done_words, effect,
    read,
};
pub use schedule::tick;

use crate::web::routing::{Routes, Who};
use axum::routing::get;
use handlers::{batch, upload};

/// The one form that may carry a file.
pub fn uploads() -> Routes {
    Routes::default().at(
        "GET POST",
        "/programs/{program_id}/people/add",
        Who::Coordinator,
        get(upload::page).post(upload::send),
    )
}

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "GET POST",
            "/programs/{program_id}/imports/{import_id}",
            Who::Coordinator,
            get(batch::page).post(batch::confirm),
        )
        .at(
            "GET POST",
            "/programs/{program_id}/imports/{import_id}/undo",
            Who::Coordinator,
            get(batch::undo_page).post(batch::undo),
        )
        .at("GET", "/programs/{program_id}/imports/{import_id}/refused.csv", Who::Coordinator, get(batch::refused))
}
