//! What stays of somebody's thanks to hosts when they are erased: that they thanked them.
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
        "update host_thanks set message = '' where program_id = $1 and thanked_by = $2",
    );
    Ok(())
}
