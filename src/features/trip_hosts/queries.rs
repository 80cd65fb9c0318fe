//! Every statement that writes `trip_hosts`.
use super::model::{Answer, Asked, HostWord, Visit};
use crate::base::{
    error::Result,
    ids::{FieldTripId, GroupId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Where a trip is to be found, for whoever does not come through its group.
pub(super) type Key = (ProgramId, FieldTripId);

/// The trip that a host is asked about.
pub(super) async fn visit(db: &mut PgConnection, (program_id, id): Key) -> Result<Option<Visit>> {
    Ok(sqlx::query_as!(
        Visit,
        r#"select f.group_id as "group_id: GroupId", replace(f.kind, '_', ' ') as "kind!",
                  f.kind = 'observation' as "is_observation!",
                  f.state in ('planned', 'confirmed', 'postponed') and z.state in ('active', 'closing') as "is_ahead!",
                  f.state = 'cancelled' as "is_off!",
                  f.by_video, f.on_date, f.starts_time, f.purpose, f.place, f.host_person, f.host_email,
                  (f.worded_at at time zone z.time_zone)::date as "worded_on!",
                  z.name as program, z.institution, z.time_zone, z.ends_on
           from field_trips f join programs z on z.id = f.program_id
           where f.program_id = $1 and f.id = $2"#,
        program_id as ProgramId,
        id as FieldTripId
    )
    .fetch_optional(db)
    .await?)
}

/// Takes the trip for this transaction.
pub(super) async fn lock(db: &mut PgConnection, (program_id, id): Key) -> Result<()> {
    sqlx::query_scalar!(
        r#"select id as "id: FieldTripId" from field_trips where program_id = $1 and id = $2 for update"#,
        program_id as ProgramId,
        id as FieldTripId
    )
    .fetch_optional(db)
    .await?;
    Ok(())
}

/// What the host of a trip was asked, and answered.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn asked(db: &mut PgConnection, (program_id, id): Key) -> Result<Option<Asked>> {
    let row = sqlx::query!(
        r#"select asked_by as "by: ParticipationId", asked_at, times, answer as "answer: HostWord", answered_at,
                  answered_for, offered_on, day_line, in_return, questions
           from trip_hosts where program_id = $1 and trip_id = $2"#,
        program_id as ProgramId,
        id as FieldTripId
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let answer = match (row.answer, row.answered_at, row.answered_for) {
            (Some(word), Some(at), Some(about_day)) => Some(Answer {
                word,
                at,
                about_day,
                offered_on: row.offered_on,
                day_line: row.day_line,
                in_return: row.in_return,
                questions: row.questions,
            }),
            _ => None,
        };
        Asked { by: row.by, at: row.asked_at, times: row.times, answer }
    }))
}

/// Writes down that the host is asked, anew if they were before.
pub(super) async fn ask(
    db: &mut PgConnection,
    (program_id, id): Key,
    by: ParticipationId,
    message: &str,
    now: OffsetDateTime,
) -> Result<i32> {
    Ok(sqlx::query_scalar!(
        "insert into trip_hosts (program_id, trip_id, asked_by, asked_at, times, message) values ($1, $2, $3, $4, 1, $5)
         on conflict (program_id, trip_id) do update
         set asked_by = excluded.asked_by, asked_at = excluded.asked_at, times = trip_hosts.times + 1,
             message = excluded.message, answer = null, answered_at = null, answered_for = null, offered_on = null,
             day_line = '', in_return = '', questions = ''
         returning times",
        program_id as ProgramId,
        id as FieldTripId,
        by as ParticipationId,
        now,
        message
    )
    .fetch_one(db)
    .await?)
}

/// Writes down what the host answers.
pub(super) async fn answer(db: &mut PgConnection, (program_id, id): Key, answer: &Answer) -> Result<()> {
    sqlx::query!(
        "update trip_hosts set answer = $3, answered_at = $4, answered_for = $5, offered_on = $6, day_line = $7,
                in_return = $8, questions = $9
         where program_id = $1 and trip_id = $2",
        program_id as ProgramId,
        id as FieldTripId,
        answer.word as HostWord,
        answer.at,
        answer.about_day,
        answer.offered_on,
        answer.day_line,
        answer.in_return,
        answer.questions
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Forgets that a host was asked; `false` when none was.
pub(super) async fn forget(db: &mut PgConnection, (program_id, id): Key) -> Result<bool> {
    let done = sqlx::query!(
        "delete from trip_hosts where program_id = $1 and trip_id = $2",
        program_id as ProgramId,
        id as FieldTripId
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Who asked, as the host reads it, and what they wrote. The message is for the host alone.
#[derive(Debug)]
pub(super) struct Asker {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) message: String,
}

/// Who asked the host of a trip, as long as they belong to its group; or `even_if_gone`, for a host who is told that
/// nobody comes.
pub(super) async fn asker(db: &mut PgConnection, (program_id, id): Key, even_if_gone: bool) -> Result<Option<Asker>> {
    Ok(sqlx::query_as!(
        Asker,
        "select p.name, p.email, h.message
         from trip_hosts h
         join field_trips f on f.program_id = h.program_id and f.id = h.trip_id
         join participations t on t.program_id = h.program_id and t.id = h.asked_by
         join people p on p.id = t.person_id
         where h.program_id = $1 and h.trip_id = $2
           and ($3 or exists (select from memberships m
                              where m.program_id = $1 and m.group_id = f.group_id and m.participation_id = h.asked_by
                                and m.joined_on is not null and m.left_on is null))",
        program_id as ProgramId,
        id as FieldTripId,
        even_if_gone
    )
    .fetch_optional(db)
    .await?)
}

/// The trips of a group that are to come and whose host was asked.
pub(super) async fn asked_of(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
) -> Result<Vec<FieldTripId>> {
    Ok(sqlx::query_scalar!(
        r#"select f.id as "id: FieldTripId" from field_trips f
           join trip_hosts h on h.program_id = $1 and h.trip_id = f.id
           where f.program_id = $1 and f.group_id = $2 and f.state in ('planned', 'confirmed', 'postponed')
           order by f.id"#,
        program_id as ProgramId,
        group_id as GroupId
    )
    .fetch_all(db)
    .await?)
}

/// The name under which a member writes to the host.
pub(super) async fn name_of(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<String> {
    Ok(sqlx::query_scalar!(
        "select p.name from participations t join people p on p.id = t.person_id where t.program_id = $1 and t.id = $2",
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_one(db)
    .await?)
}
