//! How every request to a supervisor stands, for coordinators: the list by what needs attention,
//! one person's history of requests with what became of pledges, whether emails arrived, and
//! asking a peer to correct a supervisor's address or to ask again. Reads, and writes no table of its own.
mod email;
mod handlers;
mod model;
mod pages;
mod queries;
mod service;

pub use email::compose;
pub use model::{After, Delivery, Section, section_of};
pub(crate) use pages::HistorySheet;
pub(crate) use service::{History, history_of};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/programs/{program_id}/approvals", Who::Coordinator, get(handlers::list))
        .at("GET", "/programs/{program_id}/approvals.csv", Who::Coordinator, get(handlers::export))
        .at(
            "GET",
            "/programs/{program_id}/people/{participation_id}/approvals",
            Who::Coordinator,
            get(handlers::of_somebody),
        )
        .at(
            "POST",
            "/programs/{program_id}/people/{participation_id}/approvals/correct",
            Who::Coordinator,
            post(handlers::ask_to_correct),
        )
        .at(
            "POST",
            "/programs/{program_id}/people/{participation_id}/approvals/remind",
            Who::Coordinator,
            post(handlers::remind_to_ask),
        )
}
