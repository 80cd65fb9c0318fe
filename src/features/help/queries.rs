//! Every statement that writes `help_asks`.
use super::model::{Ask, Reachable};
use crate::base::{
    error::Result,
    ids::{HelpAskId, ParticipationId, PersonId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Whom somebody can ask, over all programs in which they have or had a part: those that go on first.
pub(super) async fn reachable(db: &mut PgConnection, me: PersonId) -> Result<Vec<Reachable>> {
    Ok(sqlx::query_as!(
        Reachable,
        r#"select z.id as "program_id: ProgramId", z.name as program, t.id as "participation_id: ParticipationId",
                  w.id as "person_id: PersonId", w.name, (c.person_id is not null) as "coordinates!",
                  (w.id = z.contact_id or w.id is not distinct from z.second_contact_id) as "is_contact!"
           from person_programs q
           join programs z on z.id = q.program_id and z.state <> 'draft'
           join participations t on t.program_id = z.id and t.person_id = q.person_id
           cross join lateral (select k.person_id from coordinators k where k.program_id = z.id
                               union select z.contact_id
                               union select z.second_contact_id where z.second_contact_id is not null) r (person_id)
           join people w on w.id = r.person_id and w.id <> $1 and w.email_folded not like 'erased+%@invalid'
           left join coordinators c on c.program_id = z.id and c.person_id = w.id
           where q.person_id = $1
           order by z.state in ('archived', 'cancelled'), z.starts_on desc, z.id, c.person_id is null, w.name, w.id"#,
        me as PersonId
    )
    .fetch_all(db)
    .await?)
}

/// Keeps what somebody asks of one person; `false` when the same form was sent before.
pub(super) async fn insert(db: &mut PgConnection, to: &Reachable, ask: &Ask, now: OffsetDateTime) -> Result<bool> {
    let done = sqlx::query!(
        "insert into help_asks (program_id, id, participation_id, to_id, words, page, sent_at)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (program_id, id) do nothing",
        to.program_id as ProgramId,
        ask.id as HelpAskId,
        to.participation_id as ParticipationId,
        to.person_id as PersonId,
        ask.words,
        ask.page,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// To whom, in which program, and what somebody asked by a form, if it was sent.
pub(super) async fn asked_before(
    db: &mut PgConnection,
    me: PersonId,
    id: HelpAskId,
) -> Result<Option<((ProgramId, PersonId), String)>> {
    let found = sqlx::query!(
        r#"select a.program_id as "program_id: ProgramId", a.to_id as "to_id: PersonId", a.words
           from person_programs q
           join participations t on t.program_id = q.program_id and t.person_id = q.person_id
           join help_asks a on a.program_id = t.program_id and a.participation_id = t.id and a.id = $2
           where q.person_id = $1 limit 1"#,
        me as PersonId,
        id as HelpAskId
    )
    .fetch_optional(db)
    .await?;
    Ok(found.map(|row| ((row.program_id, row.to_id), row.words)))
}

/// What somebody asked before, and what became of the email.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) to: String,
    pub(super) program: String,
    pub(super) time_zone: String,
    pub(super) words: String,
    pub(super) page: String,
    pub(super) sent_at: OffsetDateTime,
    pub(super) outcome: Option<String>,
}

/// What somebody asked since a moment, the newest first.
pub(super) async fn asked(db: &mut PgConnection, me: PersonId, since: OffsetDateTime) -> Result<Vec<Asked>> {
    Ok(sqlx::query_as!(
        Asked,
        r#"select w.name as "to", z.name as program, z.time_zone, a.words, a.page, a.sent_at, o.outcome as "outcome?"
           from person_programs q
           join programs z on z.id = q.program_id
           join participations t on t.program_id = z.id and t.person_id = q.person_id
           join help_asks a on a.program_id = z.id and a.participation_id = t.id and a.sent_at > $2
           join people w on w.id = a.to_id
           left join outbox o on o.about_id = a.id and o.kind = 'help_asked'
           where q.person_id = $1
           order by a.sent_at desc, a.id limit 50"#,
        me as PersonId,
        since
    )
    .fetch_all(db)
    .await?)
}

/// What the email is made of.
#[derive(Debug)]
pub(super) struct ToSend {
    pub(super) writer: String,
    pub(super) writer_email: String,
    pub(super) to: String,
    pub(super) to_email: String,
    pub(super) words: String,
    pub(super) page: String,
    pub(super) program: String,
    pub(super) institution: String,
}

/// The email, as long as its reader coordinates the program or is a contact person of it.
pub(super) async fn to_send(db: &mut PgConnection, (program_id, id): (ProgramId, HelpAskId)) -> Result<Option<ToSend>> {
    Ok(sqlx::query_as!(
        ToSend,
        r#"select p.name as writer, p.email as writer_email, w.name as "to", w.email as to_email, a.words, a.page,
                  z.name as program, z.institution
           from help_asks a
           join programs z on z.id = $1
           join participations t on t.program_id = $1 and t.id = a.participation_id
           join people p on p.id = t.person_id
           join people w on w.id = a.to_id
           where a.program_id = $1 and a.id = $2
             and (w.id = z.contact_id or w.id is not distinct from z.second_contact_id
                  or exists (select from coordinators c where c.program_id = $1 and c.person_id = w.id))"#,
        program_id as ProgramId,
        id as HelpAskId
    )
    .fetch_optional(db)
    .await?)
}

/// A page of all programs, by id.
pub(super) async fn programs_after(db: &mut PgConnection, after: Option<ProgramId>) -> Result<Vec<ProgramId>> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: ProgramId" from programs where id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid) order by id limit 200"#,
        after as Option<ProgramId>
    )
    .fetch_all(db)
    .await?)
}

/// Deletes what was sent before a moment.
pub(super) async fn delete_before(db: &mut PgConnection, programs: &[ProgramId], before: OffsetDateTime) -> Result<()> {
    sqlx::query!("delete from help_asks where program_id = any($1) and sent_at < $2", programs as &[ProgramId], before)
        .execute(db)
        .await?;
    Ok(())
}
