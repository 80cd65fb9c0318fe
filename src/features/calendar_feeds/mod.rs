//! A person's meetings and field trips as a calendar to subscribe to, at an address of their own that they can end.
//! It says when, and the program's name; nothing of what is planned or said. No tables but the links'.
mod handlers;
mod pages;
mod queries;
mod service;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET POST", "/account/calendar", Who::SignedIn, get(handlers::page).post(handlers::make))
        .at("POST", "/account/calendar/end", Who::SignedIn, post(handlers::end))
        .at("GET", "/calendar/{secret}/see-also.ics", Who::LinkHolder, get(handlers::feed))
}
