//! What becomes of a group that is too small, or done: it goes on small by a coordinator's
//! decision, or it is closed.
mod email;
mod handlers;
mod pages;
mod queries;
mod service;

pub use email::compose;

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default()
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/small",
            Who::Coordinator,
            get(handlers::small_page).post(handlers::keep_small),
        )
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/close",
            Who::Coordinator,
            get(handlers::close_page).post(handlers::close),
        )
}
