//! Who besides the two reads an item of feedback: the group, when both say so. And hiding it from one's own list.
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;

pub use erase::erase;
pub(crate) use handlers::{part_of_item, part_of_list};
pub use model::{Around, Decided, Report, ReportState};
pub(crate) use pages::{ItemPart, ListPart, verdict};
pub(crate) use service::around;

use crate::web::routing::{Routes, Who};
use axum::routing::post;

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/hide",
            Who::Member,
            post(handlers::hide),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/group",
            Who::Member,
            post(handlers::group),
        )
}
