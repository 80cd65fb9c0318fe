//! "Did you meet?": after a meeting that nobody has logged, first who takes notes is asked by an email, then who
//! facilitates, then everybody. One answer settles it for all: yes, it moved, or no and why.
//!
//! Whether a meeting is settled is its own state and nothing of this slice; here stand only how often was asked and
//! whom a link is for. On its page stands no word of an agenda, no place and no note.
mod email;
mod erase;
mod handlers;
mod link;
mod model;
mod pages;
mod queries;
pub mod rows;
mod schedule;
mod service;

pub use email::compose;
pub use erase::erase;
pub use model::{Over, Round, due, to_ask};
pub use schedule::tick;

use crate::web::routing::{Routes, Who};
use axum::routing::get;

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/met/{secret}", Who::LinkHolder, get(handlers::enter))
        .at("GET POST", "/did-you-meet/{meeting_ask_id}", Who::LinkHolder, get(handlers::show).post(handlers::answer))
        .at(
            "GET POST",
            "/programs/{program_id}/groups/{group_id}/meetings/{meeting_id}/moved",
            Who::Member,
            get(handlers::moved_page).post(handlers::save_moved),
        )
}
