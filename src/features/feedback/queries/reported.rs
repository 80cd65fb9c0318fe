//! What a report does to an item: `is_live`, which every figure asks, follows from it.
use super::Key;
use crate::base::{error::Result, ids::FeedbackId};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Keeps an item from all but those whom its report concerns. `false`: it is kept from them already.
///
/// # Errors
/// When the database does not answer, or the item is a draft.
pub async fn set_aside(db: &mut PgConnection, key: Key, now: OffsetDateTime) -> Result<bool> {
    crate::change_one!(
        db,
        key as FeedbackId,
        "update feedback set reported_at = $4
         where program_id = $1 and group_id = $2 and id = $3 and reported_at is null",
        now
    )
}

/// Everything is as before the report.
///
/// # Errors
/// When the database does not answer.
pub async fn put_back(db: &mut PgConnection, key: Key) -> Result<bool> {
    crate::change_one!(
        db,
        key as FeedbackId,
        "update feedback set reported_at = null where program_id = $1 and group_id = $2 and id = $3"
    )
}
