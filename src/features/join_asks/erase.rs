//! What stays of somebody's asking to join when they are erased: nothing.
use super::queries;
use crate::base::error::Result;
use sqlx::PgConnection;

/// Deletes what was asked from the address `email_folded`, in every program: whoever asks need not be in any.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, email_folded: &str) -> Result<()> {
    let mut after = None;
    loop {
        let programs = queries::programs_after(&mut *db, after).await?;
        let Some(last) = programs.last() else { return Ok(()) };
        after = Some(*last);
        queries::delete_from(&mut *db, &programs, email_folded).await?;
    }
}
