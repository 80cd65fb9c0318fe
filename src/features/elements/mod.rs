//! What feedback to one person may be about: the table, and the answers of who it is about.
//! [`goals`](super::goals) has the page on which elements are proposed and read.
mod erase;
mod handlers;
mod model;
mod queries;
pub mod rows;
mod service;

pub use erase::erase;
pub(crate) use model::same_title;
pub use model::{ElementState, MOST_ELEMENTS};
pub(crate) use queries::{ElementRow, NewElements, insert_elements, of_goal};

use crate::web::routing::{Routes, Who};
use axum::routing::post;

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/elements/{element_id}/agree",
            Who::Member,
            post(handlers::agree),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/elements/{element_id}/decline",
            Who::Member,
            post(handlers::decline),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/elements/{element_id}/retire",
            Who::Member,
            post(handlers::retire),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/elements/{element_id}/show",
            Who::Member,
            post(handlers::show),
        )
}
