//! What stays of what somebody wanted left alone when they are erased: nothing.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Takes away every area of one person.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    crate::each_of_person!(db, program_id, me;
        "delete from off_limits where program_id = $1 and participation_id = $2",
    );
    Ok(())
}
