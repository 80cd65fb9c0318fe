//! What stays of the words of somebody's goals when they are erased: on a group's goal all of them, which the
//! group wrote together; on their own goal that there were some.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Takes the words out of what one person's own goals said before.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    crate::each_of_person!(db, program_id, me;
        "update goal_versions set title = 'Erased', statement = '', measure = '', target_on = null
         where program_id = $1 and goal_id in (select g.id from goals g where g.program_id = $1 and g.owner_id = $2)",
    );
    Ok(())
}
