//! Nothing stays of asks by or to somebody who is erased.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Deletes them, with what they name.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    sqlx::query!(
        "delete from feedback_asks where program_id = $1 and (asker_id = $2 or giver_id = $2)",
        program_id as ProgramId,
        me as ParticipationId
    )
    .execute(db)
    .await?;
    Ok(())
}
