//! A group's dates: setting a meeting, moving it, saying who does what, cancelling it.
mod handlers;
mod pages;
mod service;

pub use service::{NewDetails, OVERLAP, Planned, When, schedule};

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    let new = get(handlers::new_page).post(handlers::create);
    Routes::default()
        .at("GET POST", "/programs/{program_id}/groups/{group_id}/meetings/new", Who::Member, new)
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/meetings/{meeting_id}/details",
            Who::Member,
            get(handlers::details_page).post(handlers::save_details),
        )
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/meetings/{meeting_id}/cancel",
            Who::Member,
            get(handlers::cancel_page).post(handlers::cancel),
        )
}
