//! What stays of somebody's questions to hosts when they are erased: that they asked.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Empties what one person wrote to hosts. A letter of theirs that waits is then not sent.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    crate::each_of_person!(db, program_id, me;
        "update trip_hosts set message = '' where program_id = $1 and asked_by = $2",
    );
    Ok(())
}
