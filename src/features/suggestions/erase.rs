//! What stays of somebody in suggestions when they are erased: nothing.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Takes somebody out of the open suggestion, and out of what keeps others from a group.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    crate::each_of_person!(db, program_id, me;
        "delete from suggestion_obstacles where program_id = $1 and (participation_id = $2 or other_id = $2)",
        "delete from suggested_seats where program_id = $1 and participation_id = $2",
    );
    Ok(())
}
