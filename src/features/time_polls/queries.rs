//! Every statement that writes `time_polls`, `time_poll_slots`, `time_poll_asks` and `time_poll_answers`.
use super::model::{Fit, NewPoll, Poll, PollSlot, PollState, Said};
use crate::access::{ParticipationState, ProgramState};
use crate::base::{
    error::Result,
    ids::{GroupId, MeetingId, ParticipationId, ProgramId, TimePollAskId, TimePollId},
};
use crate::features::meetings::{GroupKey, Mode};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Starts a poll; `false` when its id is taken or the group has another that is open.
pub(super) async fn insert(
    db: &mut PgConnection,
    of: GroupKey,
    new: &NewPoll,
    by: ParticipationId,
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into time_polls (program_id, id, group_id, mode, place, state, started_by, started_at)
         values ($1, $2, $3, $4, $5, 'open', $6, $7) on conflict do nothing",
        of.program_id as ProgramId,
        new.id as TimePollId,
        of.group_id as GroupId,
        new.mode as Mode,
        new.place,
        by as ParticipationId,
        now
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    let (starts, minutes): (Vec<OffsetDateTime>, Vec<i32>) = new.slots.iter().copied().unzip();
    sqlx::query!(
        "insert into time_poll_slots (program_id, poll_id, position, starts_at, minutes)
         select $1, $2, s.position::int, s.starts_at, s.minutes
         from unnest($3::timestamptz[], $4::int[]) with ordinality as s (starts_at, minutes, position)",
        of.program_id as ProgramId,
        new.id as TimePollId,
        &starts,
        &minutes
    )
    .execute(db)
    .await?;
    Ok(true)
}

/// Remembers who is asked by an email, under one id each.
pub(super) async fn insert_asks(
    db: &mut PgConnection,
    program_id: ProgramId,
    poll_id: TimePollId,
    asks: &[(TimePollAskId, ParticipationId)],
) -> Result<()> {
    let (ids, people): (Vec<TimePollAskId>, Vec<ParticipationId>) = asks.iter().copied().unzip();
    sqlx::query!(
        "insert into time_poll_asks (program_id, id, poll_id, participation_id)
         select $1, a.id, $2, a.who from unnest($3::uuid[], $4::uuid[]) as a (id, who)",
        program_id as ProgramId,
        poll_id as TimePollId,
        &ids as &[TimePollAskId],
        &people as &[ParticipationId]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Holds a poll of a group until the transaction ends; `false` when there is none.
pub(super) async fn lock(db: &mut PgConnection, of: GroupKey, id: TimePollId) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"select 1 as "one!" from time_polls where program_id = $1 and group_id = $2 and id = $3 for update"#,
        of.program_id as ProgramId,
        of.group_id as GroupId,
        id as TimePollId
    )
    .fetch_optional(db)
    .await?;
    Ok(found.is_some())
}

/// Which poll of a group to read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Which {
    One(TimePollId),
    Open,
}

/// A poll of a group.
pub(super) async fn poll(db: &mut PgConnection, of: GroupKey, which: Which) -> Result<Option<Poll>> {
    let id = match which {
        Which::One(id) => Some(id),
        Which::Open => None,
    };
    Ok(sqlx::query_as!(
        Poll,
        r#"select x.id as "id: TimePollId", x.mode as "mode: Mode", x.place, x.state as "state: PollState",
                  x.meeting_id as "meeting_id: MeetingId", m.starts_at as "meets_at?",
                  x.started_by as "started_by: ParticipationId", p.name as started_by_name, x.started_at
           from time_polls x
           join participations t on t.program_id = $1 and t.id = x.started_by
           join people p on p.id = t.person_id
           left join meetings m on m.program_id = $1 and m.id = x.meeting_id
           where x.program_id = $1 and x.group_id = $2
             and (x.id = $3 or ($3::uuid is null and x.state = 'open'))"#,
        of.program_id as ProgramId,
        of.group_id as GroupId,
        id as Option<TimePollId>
    )
    .fetch_optional(db)
    .await?)
}

/// The times of a poll, in their order.
pub(super) async fn slots(db: &mut PgConnection, program_id: ProgramId, id: TimePollId) -> Result<Vec<PollSlot>> {
    Ok(sqlx::query_as!(
        PollSlot,
        "select position, starts_at, minutes from time_poll_slots where program_id = $1 and poll_id = $2
         order by position",
        program_id as ProgramId,
        id as TimePollId
    )
    .fetch_all(db)
    .await?)
}

/// Everything that was said in a poll.
pub(super) async fn said(db: &mut PgConnection, program_id: ProgramId, id: TimePollId) -> Result<Vec<Said>> {
    Ok(sqlx::query_as!(
        Said,
        r#"select participation_id as "participation_id: ParticipationId", position, answer as "answer: Fit"
           from time_poll_answers where program_id = $1 and poll_id = $2 order by participation_id, position"#,
        program_id as ProgramId,
        id as TimePollId
    )
    .fetch_all(db)
    .await?)
}

/// Writes down what somebody says about times, instead of what they said before.
pub(super) async fn answer(
    db: &mut PgConnection,
    program_id: ProgramId,
    poll_id: TimePollId,
    who: ParticipationId,
    answers: &[(i32, Fit)],
) -> Result<()> {
    let (positions, words): (Vec<i32>, Vec<String>) =
        answers.iter().map(|(position, fit)| (*position, fit.as_str().to_owned())).unzip();
    sqlx::query!(
        "insert into time_poll_answers (program_id, poll_id, participation_id, position, answer)
         select $1, $2, $3, s.position, s.answer from unnest($4::int[], $5::text[]) as s (position, answer)
         on conflict (program_id, poll_id, participation_id, position) do update set answer = excluded.answer",
        program_id as ProgramId,
        poll_id as TimePollId,
        who as ParticipationId,
        &positions,
        &words
    )
    .execute(db)
    .await?;
    Ok(())
}

/// `open → chosen`, with the meeting, or `open → cancelled`, without one.
pub(super) async fn end(
    db: &mut PgConnection,
    of: GroupKey,
    id: TimePollId,
    (by, meeting_id): (ParticipationId, Option<MeetingId>),
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "update time_polls set state = case when $4::uuid is null then 'cancelled' else 'chosen' end, meeting_id = $4,
                ended_by = $5, ended_at = $6
         where program_id = $1 and group_id = $2 and id = $3 and state = 'open'",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        id as TimePollId,
        meeting_id as Option<MeetingId>,
        by as ParticipationId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Somebody who was asked by an email and is still an open member of the group.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) program_id: ProgramId,
    pub(super) group_id: GroupId,
    pub(super) poll_id: TimePollId,
    pub(super) participation_id: ParticipationId,
    pub(super) name: String,
    pub(super) email: String,
    /// IANA name of the zone they live by.
    pub(super) time_zone: String,
    pub(super) group_name: String,
    /// IANA name of the zone the group goes by.
    pub(super) group_zone: String,
    pub(super) institution: String,
    pub(super) program_state: ProgramState,
}

/// Whom an ask is to; `None` when there is none, or they take no part in the group any more.
pub(super) async fn asked(db: &mut PgConnection, program_id: ProgramId, id: TimePollAskId) -> Result<Option<Asked>> {
    Ok(sqlx::query_as!(
        Asked,
        r#"select a.program_id as "program_id: ProgramId", x.group_id as "group_id: GroupId",
                  x.id as "poll_id: TimePollId", t.id as "participation_id: ParticipationId", p.name, p.email, p.time_zone,
                  g.name as group_name, g.home_time_zone as group_zone, z.institution,
                  z.state as "program_state: ProgramState"
           from time_poll_asks a
           join time_polls x on x.program_id = $1 and x.id = a.poll_id
           join groups g on g.program_id = $1 and g.id = x.group_id
           join programs z on z.id = $1
           join participations t on t.program_id = $1 and t.id = a.participation_id and t.state = $3
           join people p on p.id = t.person_id
           join memberships m on m.program_id = $1 and m.group_id = x.group_id and m.participation_id = t.id
                and m.joined_on is not null and m.left_on is null
           where a.program_id = $1 and a.id = $2"#,
        program_id as ProgramId,
        id as TimePollAskId,
        ParticipationState::Joined as ParticipationState
    )
    .fetch_optional(db)
    .await?)
}

/// What the group's page says of its open poll: its id, whether a member has answered, how many have not, and how
/// many of its times are still to come.
#[derive(Debug)]
pub(super) struct Glance {
    pub(super) id: TimePollId,
    pub(super) answered: bool,
    pub(super) missing: i64,
    pub(super) ahead: i64,
}

/// The open poll of a group, at a glance.
pub(super) async fn glance(
    db: &mut PgConnection,
    of: GroupKey,
    me: ParticipationId,
    now: OffsetDateTime,
) -> Result<Option<Glance>> {
    Ok(sqlx::query_as!(
        Glance,
        r#"select x.id as "id: TimePollId",
                  exists (select from time_poll_answers a
                          where a.program_id = $1 and a.poll_id = x.id and a.participation_id = $3) as "answered!",
                  (select count(*) from memberships m
                   join participations t on t.program_id = $1 and t.id = m.participation_id and t.state = 'joined'
                   where m.program_id = $1 and m.group_id = $2 and m.joined_on is not null and m.left_on is null
                     and not exists (select from time_poll_answers a
                                     where a.program_id = $1 and a.poll_id = x.id
                                       and a.participation_id = m.participation_id)) as "missing!",
                  (select count(*) from time_poll_slots s
                   where s.program_id = $1 and s.poll_id = x.id and s.starts_at > $4) as "ahead!"
           from time_polls x where x.program_id = $1 and x.group_id = $2 and x.state = 'open'"#,
        of.program_id as ProgramId,
        of.group_id as GroupId,
        me as ParticipationId,
        now
    )
    .fetch_optional(db)
    .await?)
}
