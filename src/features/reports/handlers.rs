//! Reads the request, calls one service function, picks the page.
pub(super) mod deciding;
pub(super) mod reporting;

use crate::base::ids::FeedbackId;
use serde::Deserialize;

/// The item named in the URL.
#[derive(Deserialize)]
pub(super) struct OfFeedback {
    feedback_id: FeedbackId,
}
