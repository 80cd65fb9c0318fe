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
    ids::{GroupId, ParticipationId, PersonId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime};

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

/// A program whose groups meet, and when it ends.
#[derive(Debug)]
pub(super) struct ToClose {
    pub(super) program_id: ProgramId,
    pub(super) time_zone: String,
    pub(super) ends_on: Date,
}

/// Programs that end within three weeks and a day of `now`, wherever they are, by id: a page of them.
pub(super) async fn may_have_to_close(
    db: &mut PgConnection,
    after: Option<ProgramId>,
    now: OffsetDateTime,
) -> Result<Vec<ToClose>> {
    Ok(sqlx::query_as!(
        ToClose,
        r#"select id as "program_id: ProgramId", time_zone, ends_on from programs
           where state = 'active' and ends_on <= $2 and id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
           order by id limit 200"#,
        after as Option<ProgramId>,
        now.date().saturating_add(Duration::days(22))
    )
    .fetch_all(db)
    .await?)
}

/// Everybody who belongs to a group of the program, and is not on hold.
pub(super) async fn open_members(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<ParticipationId>> {
    Ok(sqlx::query_scalar!(
        r#"select t.id as "id: ParticipationId"
           from memberships m
           join participations t on t.program_id = $1 and t.id = m.participation_id and t.state = 'joined'
           where m.program_id = $1 and m.joined_on is not null and m.left_on is null
           order by t.id"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// What the letter about closing says.
#[derive(Debug)]
pub(super) struct ClosingFacts {
    pub(super) name: String,
    pub(super) email: String,
    /// IANA name.
    pub(super) time_zone: String,
    pub(super) program: String,
    pub(super) institution: String,
    pub(super) ends_on: Date,
    pub(super) group_id: GroupId,
    pub(super) group: String,
    /// The first of those who coordinate; replies go there.
    pub(super) by_name: String,
    pub(super) by_email: String,
}

/// What is true of a member of a program that closes; `None` when either is no longer so.
pub(super) async fn closing_facts(
    db: &mut PgConnection,
    program_id: ProgramId,
    of: ParticipationId,
) -> Result<Option<ClosingFacts>> {
    Ok(sqlx::query_as!(
        ClosingFacts,
        r#"select p.name, p.email, p.time_zone, g.name as program, g.institution, g.ends_on, o.id as "group_id: GroupId",
                  o.name as "group", c.name as by_name, c.email as by_email
           from participations t
           join programs g on g.id = $1 and g.state in ('active', 'closing')
           join memberships m on m.program_id = $1 and m.participation_id = t.id and m.joined_on is not null and m.left_on is null
           join groups o on o.program_id = $1 and o.id = m.group_id
           join people p on p.id = t.person_id
           join lateral (select w.name, w.email from coordinators k join people w on w.id = k.person_id
                         where k.program_id = $1 order by k.since, k.person_id limit 1) c on true
           where t.program_id = $1 and t.id = $2 and t.state = 'joined'"#,
        program_id as ProgramId,
        of as ParticipationId
    )
    .fetch_optional(db)
    .await?)
}

/// `active → closing`; `false` when the program was not active.
pub(super) async fn begin_closing(db: &mut PgConnection, program_id: ProgramId) -> Result<bool> {
    let done = sqlx::query!(
        "update programs set state = 'closing' where id = $1 and state = 'active'",
        program_id as ProgramId
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// `closing → archived`; `false` when the program was not closing.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn archive(db: &mut PgConnection, program_id: ProgramId) -> Result<bool> {
    let done = sqlx::query!(
        "update programs set state = 'archived' where id = $1 and state = 'closing'",
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
