//! Every statement that writes `participations`.
mod holds;
mod parts;
mod reading;
mod several;

pub(crate) use holds::programs_after;
pub use holds::{HoldChanged, settle_holds};
pub use parts::{About, Ending, Pause, end_part, lock_part, pause_of, save_about, set_pause};
pub(super) use reading::{Counts, Listed, counts, list};
pub(crate) use reading::{Facts, Someone, facts, find, waiting};
pub(super) use several::sort_again;
pub use several::{Part, add_all, enter_all, still_there, take_off_all};

use crate::base::{
    error::Result,
    ids::{ParticipationId, PersonId, ProgramId},
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

/// `invited → joined`, or a change of what was said before; whoever is on hold stays so.
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
        "update participations set state = case when state = 'invited' then 'joined' else state end,
                joined_at = coalesce(joined_at, $3), wants = $4, offers = $5,
                supervisor_name = $6, supervisor_email = $7
         where program_id = $1 and id = $2 and state in ('invited', 'joined', 'on_hold')",
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

/// Notes that everybody who has not joined is invited now, and gives them.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn invite_all(
    db: &mut PgConnection,
    program_id: ProgramId,
    now: OffsetDateTime,
) -> Result<Vec<ParticipationId>> {
    Ok(sqlx::query_scalar!(
        r#"update participations set invited_at = $2 where program_id = $1 and state = 'invited'
           returning id as "id: ParticipationId""#,
        program_id as ProgramId,
        now
    )
    .fetch_all(db)
    .await?)
}

/// Notes that one person who has not joined is invited now; `false` when they are not waiting.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn invite_one(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ParticipationId,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "update participations set invited_at = $3 where program_id = $1 and id = $2 and state = 'invited'",
        program_id as ProgramId,
        id as ParticipationId,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Has another person take the place of somebody who is invited and never acted; `false` when that
/// is not so (any more), or when the other takes part already.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn replace_person(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ParticipationId,
    by: PersonId,
) -> Result<bool> {
    let done = sqlx::query!(
        "update participations set person_id = $3, sort_name = (select p.sort_name from people p where p.id = $3)
         where program_id = $1 and id = $2 and state = 'invited'
           and not exists (select from participations where program_id = $1 and person_id = $3)",
        program_id as ProgramId,
        id as ParticipationId,
        by as PersonId
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes off somebody who is invited and never acted; `None` when that is not so (any more).
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn take_off(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ParticipationId,
) -> Result<Option<PersonId>> {
    Ok(sqlx::query_scalar!(
        r#"delete from participations t
           where t.program_id = $1 and t.id = $2 and t.state = 'invited' and t.joined_at is null
             and not exists (select from approval_requests r where r.program_id = $1 and r.participation_id = t.id)
             and not exists (select from memberships m where m.program_id = $1 and m.participation_id = t.id)
           returning t.person_id as "person_id: PersonId""#,
        program_id as ProgramId,
        id as ParticipationId
    )
    .fetch_optional(db)
    .await?)
}
