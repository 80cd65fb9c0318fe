//! Every statement that writes `participations`.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What a person says of themselves when they join.
#[derive(Debug)]
pub struct Joining<'a> {
    pub wants: &'a str,
    pub offers: &'a str,
    pub supervisor_name: &'a str,
    pub supervisor_email: &'a str,
}

/// `invited → joined`, or a change of what was said before.
///
/// # Errors
/// When the database does not answer.
pub async fn mark_joined(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ParticipationId,
    joining: &Joining<'_>,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "update participations set state = 'joined', joined_at = coalesce(joined_at, $3), wants = $4, offers = $5,
                supervisor_name = $6, supervisor_email = $7
         where program_id = $1 and id = $2 and state in ('invited', 'joined')",
        program_id as ProgramId,
        id as ParticipationId,
        now,
        joining.wants,
        joining.offers,
        joining.supervisor_name,
        joining.supervisor_email
    )
    .execute(db)
    .await?;
    Ok(())
}
