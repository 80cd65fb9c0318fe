//! Lessons of the program before: those it left, and those of a program that ran elsewhere, typed in. Each gets an
//! answer from the coordinators; the groups do not begin before.
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;

pub use model::{Hindsight, NewLesson, problem};
pub(crate) use pages::Card;
pub use queries::{Standing, follow, standing, take_along, unanswered};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "GET POST",
            "/programs/{program_id}/earlier-lessons",
            Who::Coordinator,
            get(handlers::show).post(handlers::add),
        )
        .at(
            "POST",
            "/programs/{program_id}/earlier-lessons/{earlier_lesson_id}",
            Who::Coordinator,
            post(handlers::answer),
        )
        .at(
            "POST",
            "/programs/{program_id}/earlier-lessons/{earlier_lesson_id}/remove",
            Who::Coordinator,
            post(handlers::remove),
        )
}
