//! What stays of somebody's goals when they are erased: rows without their words.
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
    crate::each_of_person!(db, program_id, me, today;
        "update goals set title = 'Erased', statement = '', measure = '', reflection = '', target_on = null,
                state = case when state in ('draft', 'agreed') then 'dropped' else state end,
                closed_on = coalesce(closed_on, $3)
         where program_id = $1 and owner_id = $2",
    );
    Ok(())
}
