//! What stays of a pulse when somebody is erased who was invited to it: an answer, which cannot be found as theirs.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use crate::links::{self, LinkKind};
use sqlx::PgConnection;

/// Deletes that they were invited and whether they answered, and kills their links.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    let invitations = sqlx::query_scalar!(
        "delete from pulse_invitations where program_id = $1 and participation_id = $2 returning id",
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_all(&mut *db)
    .await?;
    links::forget_all(db, LinkKind::Pulse, &invitations).await
}
