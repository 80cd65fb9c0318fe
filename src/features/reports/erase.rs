//! What stays of a report when its author is erased: that the item was reported, so that it is not suddenly read
//! by everyone again, and what was decided. Not the words.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Empties the lines of what one person reported.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    sqlx::query!(
        "update reports set line = '' where program_id = $1 and reporter_id = $2",
        program_id as ProgramId,
        me as ParticipationId
    )
    .execute(db)
    .await?;
    Ok(())
}
