//! A group's own themes: a question for a stretch of its time, which its agendas offer before the program's.
//! Only its members read them.
mod handlers;
mod model;
mod pages;
mod queries;
mod service;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/themes",
            Who::Member,
            get(handlers::page).post(handlers::add),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/themes/{group_theme_id}",
            Who::Member,
            post(handlers::change),
        )
}
