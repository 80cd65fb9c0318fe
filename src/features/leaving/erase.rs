//! What stays of proposals to take off somebody who is erased: that there was one, and how it ended.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Empties the reasons, and drops what nobody has decided.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(
    db: &mut PgConnection,
    program_id: ProgramId,
    me: ParticipationId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "update removals
         set reason = '', ended_at = coalesce(ended_at, $3), state = case when state = 'proposed' then 'dropped' else state end
         where program_id = $1 and participation_id = $2",
        program_id as ProgramId,
        me as ParticipationId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
