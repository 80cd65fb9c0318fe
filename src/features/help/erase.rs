//! What somebody asked for goes with them.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Deletes what one person wrote. An email of theirs that waits is then not sent.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    crate::each_of_person!(db, program_id, me;
        "delete from help_asks where program_id = $1 and participation_id = $2",
    );
    Ok(())
}
