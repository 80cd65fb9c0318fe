//! Nothing stays of whom an email asked when they are erased.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use crate::links::{self, LinkKind};
use sqlx::PgConnection;

/// Deletes that they were asked, and kills their links.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    let asks = sqlx::query_scalar!(
        "delete from meeting_asks where program_id = $1 and participation_id = $2 returning id",
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_all(&mut *db)
    .await?;
    links::forget_all(db, LinkKind::Met, &asks).await
}
