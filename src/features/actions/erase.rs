//! What stays of what somebody said they would do when they are erased: that there was something. What the
//! others do, and what all of them do, the group wrote together.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::Date;

/// Takes the words out of one person's actions, and drops the open ones.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId, today: Date) -> Result<()> {
    crate::each_of_person!(db, program_id, me, today;
        "update actions set words = 'Erased', reason = case when state = 'done' then '' else 'Erased' end,
                closed_on = coalesce(closed_on, $3), state = case when state = 'open' then 'dropped' else state end
         where program_id = $1 and owner_id = $2",
    );
    Ok(())
}
