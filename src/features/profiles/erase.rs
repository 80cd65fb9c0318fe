//! What stays of a profile when its owner is erased: nothing.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Deletes when somebody could meet, with whom not, and their themes.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    // What others wrote about somebody who is gone is of no use to them either.
    crate::each_of_person!(db, program_id, me;
        "delete from availability where program_id = $1 and participation_id = $2",
        "delete from not_with where program_id = $1 and (participation_id = $2 or other_id = $2)",
        "delete from participation_themes where program_id = $1 and participation_id = $2",
    );
    Ok(())
}
