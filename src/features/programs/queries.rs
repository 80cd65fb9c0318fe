//! Every statement that writes `programs`, `themes`, `coordinators` and `person_programs`.
mod reading;
mod settings;

pub(crate) use reading::{Coordinator, stored, supervisor_domains};
pub(super) use reading::{RoleFacts, coordinators, role_facts};
pub use settings::lock;
pub(crate) use settings::{allow_asks, save_answers, save_asks, save_meetings, save_themes, save_what, save_when};
pub(super) use settings::{contacts, insert, save_contacts};

use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// Notes that a person has to do with a program, so that it is found from them.
///
/// # Errors
/// When the database does not answer.
pub async fn remember(db: &mut PgConnection, person_id: PersonId, program_id: ProgramId) -> Result<()> {
    sqlx::query!(
        "insert into person_programs (person_id, program_id) values ($1, $2) on conflict do nothing",
        person_id as PersonId,
        program_id as ProgramId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes that these people have to do with a program.
///
/// # Errors
/// When the database does not answer.
pub async fn remember_all(db: &mut PgConnection, people: &[PersonId], program_id: ProgramId) -> Result<()> {
    sqlx::query!(
        "insert into person_programs (person_id, program_id)
         select new.person_id, $2 from unnest($1::uuid[]) as new (person_id) on conflict do nothing",
        people as &[PersonId],
        program_id as ProgramId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The opposite of [`remember`], for somebody who neither takes part, coordinates, nor is a contact any more.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_if_unrelated(db: &mut PgConnection, person_id: PersonId, program_id: ProgramId) -> Result<()> {
    sqlx::query!(
        "delete from person_programs
         where person_id = $1 and program_id = $2
           and not exists (select from participations t where t.program_id = $2 and t.person_id = $1)
           and not exists (select from coordinators c where c.program_id = $2 and c.person_id = $1)
           and not exists (select from programs p
                           where p.id = $2 and (p.contact_id = $1 or p.second_contact_id is not distinct from $1))",
        person_id as PersonId,
        program_id as ProgramId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The same for several people.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_all_unrelated(db: &mut PgConnection, people: &[PersonId], program_id: ProgramId) -> Result<()> {
    sqlx::query!(
        "delete from person_programs n
         where n.person_id = any($1) and n.program_id = $2
           and not exists (select from participations t where t.program_id = $2 and t.person_id = n.person_id)
           and not exists (select from coordinators c where c.program_id = $2 and c.person_id = n.person_id)
           and not exists (select from programs p
                           where p.id = $2 and n.person_id in (p.contact_id, p.second_contact_id))",
        people as &[PersonId],
        program_id as ProgramId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// `draft → open`, while the end is still to come; `false` when it was no draft, or is over.
///
/// # Errors
/// When the database does not answer.
pub async fn open(db: &mut PgConnection, program_id: ProgramId, now: OffsetDateTime, today: Date) -> Result<bool> {
    let done = sqlx::query!(
        "update programs set state = 'open', opened_at = $2 where id = $1 and state = 'draft' and ends_on >= $3",
        program_id as ProgramId,
        now,
        today
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// `open → active`; `false` when the program was not open.
///
/// # Errors
/// When the database does not answer.
pub async fn launch(db: &mut PgConnection, program_id: ProgramId, today: Date) -> Result<bool> {
    let done = sqlx::query!(
        "update programs set state = 'active', launched_on = $2 where id = $1 and state = 'open'",
        program_id as ProgramId,
        today
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// `active → closing`; `false` when the program was not active.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn close(db: &mut PgConnection, program_id: ProgramId) -> Result<bool> {
    let done = sqlx::query!(
        "update programs set state = 'closing' where id = $1 and state = 'active'",
        program_id as ProgramId
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// To `cancelled`, from any state but archived; `false` when it was that already or archived.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn cancel(db: &mut PgConnection, program_id: ProgramId) -> Result<bool> {
    let done = sqlx::query!(
        "update programs set state = 'cancelled' where id = $1 and state not in ('archived', 'cancelled')",
        program_id as ProgramId
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Makes somebody a coordinator; `false` when they are one already.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn add_coordinator(
    db: &mut PgConnection,
    program_id: ProgramId,
    person_id: PersonId,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into coordinators (program_id, person_id, since) values ($1, $2, $3) on conflict do nothing",
        program_id as ProgramId,
        person_id as PersonId,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
