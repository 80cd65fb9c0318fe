//! What was said: logged by either of the two, and confirmed word for word by the other before it counts anywhere.
//! What each remembers differently keeps both texts and counts nowhere. Once confirmed it is read and answered as
//! written feedback is.
mod email;
mod handlers;
mod model;
mod pages;
mod service;

pub use email::compose;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/feedback/said",
            Who::Member,
            get(handlers::log::new).post(handlers::log::create),
        )
        .at(
            "GET",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/said",
            Who::Member,
            get(handlers::settle::show),
        )
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/said/correct",
            Who::Member,
            get(handlers::log::correct).post(handlers::log::change),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/said/take-back",
            Who::Member,
            post(handlers::log::take_back),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/said/confirm",
            Who::Member,
            post(handlers::settle::confirm),
        )
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/said/different",
            Who::Member,
            get(handlers::settle::different).post(handlers::settle::dispute),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/said/accept",
            Who::Member,
            post(handlers::settle::accept),
        )
}
