//! From one peer to another, on elements agreed beforehand: shared, opened and answered. Nobody but the
//! two ever reaches it. [`drafts`](super::drafts) is what comes before it is shared.
pub mod archive;
mod email;
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
mod service;

pub use email::{compose, tell_receiver};
pub use erase::erase;
pub use handlers::{OfFeedback, list_path, path};
pub use model::{
    Draft, Feedback, FeedbackState, Format, MOST_OF_A_PART, Occasion, Part, Reply, Standing, Text, Typed, Words,
    box_name, keep_to_reader, standing,
};
pub use pages::{Seen, seen};
pub use queries::{
    KeptDraft, Key, Pair, Window, Writing, discard_draft, find, kept_draft, lock, put_draft, share_draft, take_back,
};
pub use service::{Item, key, read, read_in};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
        .at("GET", "/programs/{program_id}/groups/{group_id}/feedback", Who::Member, get(handlers::mine))
        .at("GET", "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}", Who::Member, get(handlers::show))
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/open",
            Who::Member,
            post(handlers::receive::open),
        )
        .at(
            "POST",
            "/programs/{program_id}/groups/{group_id}/feedback/{feedback_id}/answer",
            Who::Member,
            post(handlers::receive::answer),
        )
}
