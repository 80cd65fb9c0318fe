//! What stays of somebody's notes when they are erased: on a group's goal all of it, which the group wrote
//! together; on their own goal that there were some.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Takes the words out of the notes on one person's own goals.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    crate::each_of_person!(db, program_id, me;
        "update goal_notes set words = 'Erased'
         where program_id = $1 and goal_id in (select g.id from goals g where g.program_id = $1 and g.owner_id = $2)",
    );
    Ok(())
}
