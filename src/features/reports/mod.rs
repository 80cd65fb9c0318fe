//! One item of feedback, reported by one of its readers to the contact person, who decides about it.
mod email;
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;

pub use email::compose;
pub use erase::erase;
pub(crate) use service::to_decide;

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/report",
            Who::Member,
            get(handlers::reporting::form).post(handlers::reporting::file),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/report/withdraw",
            Who::Member,
            post(handlers::reporting::withdraw),
        )
        .at("GET", "/programs/{program_id}/reports", Who::Contact, get(handlers::deciding::list))
        .at(
            "GET POST",
            "/programs/{program_id}/reports/{feedback_id}",
            Who::Contact,
            get(handlers::deciding::case).post(handlers::deciding::decide),
        )
}
