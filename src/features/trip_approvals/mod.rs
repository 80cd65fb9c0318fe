//! What a trip takes of each who goes: whether it fits into what their supervisor approved, or needs a yes of its own,
//! which they ask for here. The requests are those of [`approvals`](super::approvals), answered by the same link.
//!
//! Rule 7: a trip is confirmed only when it fits for each who goes, or their supervisor said yes to it. What is so
//! approved uses nothing of what was approved before.
mod email;
mod handlers;
mod model;
mod pages;
mod queries;
mod service;

pub use email::compose;
pub(crate) use model::{Cover, TooMuchFor};
pub use model::{Means, Misfit, fits};
pub(crate) use pages::{CoverCard, too_much};
pub(crate) use queries::withdrawn;
pub(crate) use service::{after_change, call_off, call_off_of_group, covers, uncovered};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/trips/{trip_id}/supervisor",
            Who::Member,
            get(handlers::show).post(handlers::ask),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/trips/{trip_id}/supervisor/accept",
            Who::Member,
            post(handlers::accept),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/trips/{trip_id}/supervisor/refuse",
            Who::Member,
            post(handlers::refuse),
        )
}
