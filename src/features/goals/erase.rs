//! What stays of somebody's goals, elements and products when they are erased: rows without their words.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::Date;

/// Takes the words out of everything here that was one person's own, and ends what was going on.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId, today: Date) -> Result<()> {
    sqlx::query!(
        "update goals set title = 'Erased', statement = '', measure = '', reflection = '', target_on = null,
                state = case when state in ('draft', 'agreed') then 'dropped' else state end,
                closed_on = coalesce(closed_on, $3)
         where program_id = $1 and owner_id = $2",
        program_id as ProgramId,
        me as ParticipationId,
        today
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update elements set title = 'Erased', state = 'retired', retired_on = coalesce(retired_on, $3)
         where program_id = $1 and about_id = $2",
        program_id as ProgramId,
        me as ParticipationId,
        today
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update products set title = 'Erased', link = '' where program_id = $1 and owner_id = $2",
        program_id as ProgramId,
        me as ParticipationId
    )
    .execute(db)
    .await?;
    Ok(())
}
