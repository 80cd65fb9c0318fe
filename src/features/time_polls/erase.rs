//! Nothing stays of what somebody said about times when they are erased; a poll they began is their group's.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use crate::links::{self, LinkKind};
use sqlx::PgConnection;

/// Deletes what they answered and that they were asked, and kills their links.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    crate::each_of_person!(db, program_id, me;
        "delete from time_poll_answers where program_id = $1 and participation_id = $2",
    );
    let asks = sqlx::query_scalar!(
        "delete from time_poll_asks where program_id = $1 and participation_id = $2 returning id",
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_all(&mut *db)
    .await?;
    links::forget_all(db, LinkKind::Poll, &asks).await
}
