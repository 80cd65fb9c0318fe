//! What stays of somebody's asking to join when they are erased: nothing.
use crate::base::error::Result;
use sqlx::PgConnection;

/// Deletes what was asked from the address `email_folded`, in every program.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, email_folded: &str) -> Result<()> {
    // Somebody may ask to join a program that they have no other part in, so all programs are looked through.
    sqlx::query!("delete from join_asks where email_folded = $1 returning program_id", email_folded)
        .fetch_all(db)
        .await?;
    Ok(())
}
