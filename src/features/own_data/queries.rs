//! What is held about a person, and every statement that writes `erasures`.
pub(super) mod download;
mod download_feedback;
mod download_letters;
mod download_reflection;
mod download_trips;
mod download_work;

use super::model::Counts;
use crate::base::{
    error::Result,
    ids::{ParticipationId, PersonId, ProgramId},
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// A person's part in one program, with that program's zone.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) id: ParticipationId,
    pub(super) time_zone: String,
}

/// The person's part in a program; `None` for those who only run it.
pub(super) async fn part_in(db: &mut PgConnection, program_id: ProgramId, me: PersonId) -> Result<Option<Part>> {
    Ok(sqlx::query_as!(
        Part,
        r#"select t.id as "id: ParticipationId", p.time_zone
           from participations t join programs p on p.id = t.program_id
           where t.program_id = $1 and t.person_id = $2"#,
        program_id as ProgramId,
        me as PersonId
    )
    .fetch_optional(db)
    .await?)
}

/// A program that a person takes part in, or took.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) program_id: ProgramId,
    pub(super) name: String,
}

/// The programs in which the person has or had a part: what is theirs there can be taken back.
pub(super) async fn places(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Vec<Place>> {
    Ok(sqlx::query_as!(
        Place,
        r#"select p.id as "program_id: ProgramId", p.name
           from participations t join programs p on p.id = t.program_id
           where t.program_id = any($1) and t.person_id = $2
           order by p.name, p.id"#,
        programs as &[ProgramId],
        me as PersonId
    )
    .fetch_all(db)
    .await?)
}

/// How much there is of each kind, across the given programs.
pub(super) async fn counts(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Counts> {
    Ok(sqlx::query_as!(
        Counts,
        r#"with me as (select program_id, id from participations where program_id = any($1) and person_id = $2)
           select (select count(*) from me) as "programs!",
             (select count(*) from approval_requests x join me on me.program_id = x.program_id and me.id = x.participation_id
              where x.program_id = any($1)) as "requests!",
             (select count(*) from goals x join me on me.program_id = x.program_id and me.id = x.owner_id
              where x.program_id = any($1)) as "goals!",
             (select count(*) from elements x join me on me.program_id = x.program_id and me.id = x.about_id
              where x.program_id = any($1)) as "elements!",
             (select count(*) from products x join me on me.program_id = x.program_id and me.id = x.owner_id
              where x.program_id = any($1)) as "products!",
             (select count(*) from feedback x join me on me.program_id = x.program_id and me.id = x.giver_id
              where x.program_id = any($1) and x.state = 'draft') as "drafts!",
             (select count(*) from feedback x join me on me.program_id = x.program_id and me.id = x.giver_id
              where x.program_id = any($1) and x.state <> 'draft') as "given!",
             (select count(*) from feedback x join me on me.program_id = x.program_id and me.id = x.receiver_id
              where x.program_id = any($1) and x.state <> 'draft') as "received!",
             (select count(*) from attendances x join me on me.program_id = x.program_id and me.id = x.participation_id
              where x.program_id = any($1)) as "meetings!",
             (select count(*) from field_trips x join me on me.program_id = x.program_id
              where x.program_id = any($1) and x.state in ('completed', 'reported')
                and (me.id in (x.observer_id, x.observed_id)
                     or exists (select from trip_goers g where g.program_id = x.program_id and g.trip_id = x.id
                                and g.participation_id = me.id))) as "trips!""#,
        programs as &[ProgramId],
        me as PersonId
    )
    .fetch_one(db)
    .await?)
}

/// Who carries an erasure out, as its table says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Erasure<'a> {
    pub(super) person_id: PersonId,
    /// The address the confirmation goes to.
    pub(super) email: &'a str,
    pub(super) carried_out_by: &'a str,
}

pub(super) async fn insert_erasure(db: &mut PgConnection, new: Erasure<'_>, now: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        "insert into erasures (person_id, email, carried_out_by, erased_at) values ($1, $2, $3, $4)",
        new.person_id as PersonId,
        new.email,
        new.carried_out_by,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The address a confirmation goes to, until it was sent.
pub(super) async fn former_address(db: &mut PgConnection, id: PersonId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!("select email from erasures where person_id = $1", id as PersonId)
        .fetch_optional(db)
        .await?
        .flatten())
}

/// How long an address is kept when the confirmation cannot be sent.
const ADDRESS_LIVES: Duration = Duration::days(7);

/// Forgets the addresses whose confirmation has left, or could not in a week.
pub(super) async fn forget_addresses(db: &mut PgConnection, now: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        "update erasures set email = null
         where email is not null
           and (erased_at <= $1 or exists (select from outbox o where o.idempotency_key = 'erased:' || erasures.person_id
                                             and o.finished_at is not null))",
        now - ADDRESS_LIVES
    )
    .execute(db)
    .await?;
    Ok(())
}
