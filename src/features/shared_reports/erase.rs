//! Nothing stays shared that somebody put into words who is erased.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Takes back the reports that one person proposed, and forgets what they agreed to.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    crate::each_of_person!(db, program_id, me;
        "delete from shared_reports where program_id = $1 and proposed_by = $2",
        "delete from shared_report_yeses where program_id = $1 and participation_id = $2",
    );
    Ok(())
}
