//! What stays of letters when somebody is erased: of their own that one was sent, of others’ how many people got it.
use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId},
};
use sqlx::PgConnection;

/// Empties what one person wrote, and forgets what they got. What waits to be sent of theirs is then not sent.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, id: PersonId) -> Result<()> {
    sqlx::query!(
        "update letters set subject = '', words = '' where program_id = $1 and written_by = $2",
        program_id as ProgramId,
        id as PersonId
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "delete from letter_addressees a using participations t
         where a.program_id = $1 and t.program_id = $1 and t.id = a.participation_id and t.person_id = $2",
        program_id as ProgramId,
        id as PersonId
    )
    .execute(db)
    .await?;
    Ok(())
}
