//! What became of a meeting: who came, where the minutes went, one line to remember, what is next.
mod handlers;
mod model;
mod pages;
mod queries;
mod service;

pub use model::{
    Eligible, Figures, Log, LogProblem, Mark, Minutes, Row, Segment, SpentItem, TapeRow, TimeSpent, next_after,
};
pub use queries::eligible;
pub use service::{Logged, as_planned, loggable, write_held, write_not_held};

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/programs/{program_id}/groups/{group_id}/meetings", Who::Member, get(handlers::list))
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/meetings/{meeting_id}/log",
            Who::Member,
            get(handlers::log_page).post(handlers::save_log),
        )
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/meetings/{meeting_id}/not-held",
            Who::Member,
            get(handlers::not_held_page).post(handlers::save_not_held),
        )
}
