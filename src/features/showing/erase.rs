//! Nothing stays of what somebody who is erased set about feedback: it is no longer shown to a group.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Deletes it.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    sqlx::query!(
        "delete from feedback_sides s using feedback f
         where s.program_id = $1 and f.program_id = $1 and f.id = s.feedback_id
           and $2 = case s.side when 'giver' then f.giver_id else f.receiver_id end",
        program_id as ProgramId,
        me as ParticipationId
    )
    .execute(db)
    .await?;
    Ok(())
}
