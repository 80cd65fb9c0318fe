//! Nothing stays of what somebody wrote looking back who is erased, nor of lessons' pointing to it.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Forgets one person's lines, and that they had said they were done.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    crate::each_of_person!(db, program_id, me;
        "delete from retrospective_lines where program_id = $1 and written_by = $2",
        "delete from retrospective_ends where program_id = $1 and participation_id = $2",
    );
    Ok(())
}
