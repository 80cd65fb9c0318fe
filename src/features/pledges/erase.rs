//! What stays of somebody's word on their supervisor's pledges when they are erased: nothing.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Deletes the ticks of a person whose pledges these were.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    sqlx::query!(
        "delete from pledge_ticks where program_id = $1 and pledge_id in (
             select x.id from pledges x join approval_requests r on r.program_id = x.program_id and r.id = x.request_id
             where x.program_id = $1 and r.participation_id = $2)",
        program_id as ProgramId,
        me as ParticipationId
    )
    .execute(db)
    .await?;
    Ok(())
}
