//! Going to see: each other at work, and other institutions. A trip is planned, confirmed once
//! it fits into what the supervisors approved, takes place, and is written up.
mod email;
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod schedule;
mod service;

pub use email::compose;
pub use erase::erase;
pub use model::{NextStep, Reach, Told, Trip, TripKind, TripState, day_between, new_day, next_step, pre_meeting_day};
pub(crate) use queries::{WrittenUp, cancel_all, write_up};
pub use schedule::tick;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

/// The address of a group's trips, and what follows.
macro_rules! trips {
    ($rest:literal) => {
        concat!("/programs/{program_id}/groups/{group_id}/trips/", $rest)
    };
}

pub fn routes() -> Routes {
    Routes::default()
        .at("GET POST", trips!("new"), Who::Member, get(handlers::plan::new).post(handlers::plan::create))
        .at("GET", trips!("{trip_id}"), Who::Member, get(handlers::steps::show))
        .at("GET POST", trips!("{trip_id}/edit"), Who::Member, get(handlers::plan::edit).post(handlers::plan::change))
        .at("POST", trips!("{trip_id}/consent"), Who::Member, post(handlers::steps::consent))
        .at("POST", trips!("{trip_id}/confirm"), Who::Member, post(handlers::steps::confirm))
        .at("POST", trips!("{trip_id}/pre-met"), Who::Member, post(handlers::steps::pre_met))
        .at("POST", trips!("{trip_id}/took-place"), Who::Member, post(handlers::steps::took_place))
        .at("POST", trips!("{trip_id}/debrief"), Who::Member, post(handlers::steps::debrief))
        .at("POST", trips!("{trip_id}/postpone"), Who::Member, post(handlers::steps::postpone))
        .at("POST", trips!("{trip_id}/cancel"), Who::Member, post(handlers::steps::cancel))
}
