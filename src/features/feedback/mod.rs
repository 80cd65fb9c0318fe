//! From one peer to another, on elements agreed beforehand: shared, opened and answered. Nobody but the
//! two ever reaches it, unless [`showing`](super::showing) says so. [`drafts`](super::drafts) is what comes before.
mod erase;
mod handlers;
mod model;
mod pages;
mod queries;
pub mod rows;
mod service;

pub use erase::erase;
pub use handlers::{OfFeedback, list_path, path};
pub(crate) use model::answer::{Answer, read_answers};
pub use model::{
    Draft, Feedback, FeedbackState, Format, MOST_OF_A_PART, Occasion, Part, Reply, Standing, Text, Typed, Words,
    box_name, keep_to_reader, standing,
};
pub use pages::{Seen, seen, shown::above};
pub use queries::{
    KeptDraft, Key, Pair, Window, Writing, accept_said, confirm_said, discard_draft, dispute_said, find, insert_said,
    kept_draft, lock, put_back, put_draft, remove_said, set_aside, share_draft, take_back, update_said,
};
pub use service::{Item, key, read, read_in, read_reported};

use crate::web::routing::{Routes, Who};
use axum::routing::{get, post};

pub fn routes() -> Routes {
    Routes::default()
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
