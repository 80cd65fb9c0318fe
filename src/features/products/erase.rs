//! What stays of somebody's products when they are erased: that there were some, and how far they came.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Takes title and link out of every product of one person.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    crate::each_of_person!(db, program_id, me;
        "update products set title = 'Erased', link = '', words = '', shared_with_program_at = null, kept_from_group_at = null,
             shared_with_supervisor_at = null, supervisor_request_id = null
         where program_id = $1 and owner_id = $2",
    );
    Ok(())
}
