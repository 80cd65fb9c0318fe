//! What stays of somebody's weekly email when they are erased: nothing.
use super::queries;
use crate::base::{error::Result, ids::PersonId};
use sqlx::PgConnection;

/// Deletes when it came last and whether it was stopped.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, me: PersonId) -> Result<()> {
    queries::delete(db, me).await
}
