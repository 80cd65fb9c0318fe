//! What stays of offers to somebody who is erased: that there were some, and how they ended.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Empties the lines that came with them, and ends what nobody answered.
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
        "update moves
         set line = '', ended_at = coalesce(ended_at, $3), state = case when state = 'offered' then 'lapsed' else state end
         where program_id = $1 and participation_id = $2",
        program_id as ProgramId,
        me as ParticipationId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
