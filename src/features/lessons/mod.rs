//! What a program learned: lessons in its coordinators' own words, chosen from lines that their authors share or typed
//! new, put in order, and published one by one on the program's page and at an address for everybody.
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;

pub use model::is_same_wording;
pub(crate) use pages::Card;
pub(crate) use queries::{Learned, all, published};
pub(crate) use service::look_back;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/p/{program_id}/lessons", Who::Anyone, get(handlers::public))
        .at("GET POST", "/programs/{program_id}/lessons", Who::Coordinator, get(handlers::show).post(handlers::add))
        .at("POST", "/programs/{program_id}/lessons/{lesson_id}", Who::Coordinator, post(handlers::change))
        .at("POST", "/programs/{program_id}/lessons/{lesson_id}/move", Who::Coordinator, post(handlers::put))
        .at("POST", "/programs/{program_id}/lessons/{lesson_id}/publish", Who::Coordinator, post(handlers::publish))
        .at("POST", "/programs/{program_id}/lessons/{lesson_id}/remove", Who::Coordinator, post(handlers::remove))
}
