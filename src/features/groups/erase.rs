//! What stays of somebody's memberships when they are erased: from when to when.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::Date;

/// Ends the open membership, and plans of one.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId, today: Date) -> Result<()> {
    crate::each_of_person!(db, program_id, me;
        "delete from memberships where program_id = $1 and participation_id = $2 and joined_on is null",
    );
    crate::each_of_person!(db, program_id, me, today;
        "update memberships set left_on = greatest(joined_on, $3)
         where program_id = $1 and participation_id = $2 and left_on is null",
    );
    Ok(())
}
