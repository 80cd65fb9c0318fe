//! Every statement that writes `meeting_questions` and `meeting_asks`.
use super::model::Over;
use crate::access::{ParticipationState, ProgramState};
use crate::base::{
    error::Result,
    ids::{GroupId, MeetingAskId, MeetingId, ParticipationId, PersonId, ProgramId},
};
use crate::features::meetings::{MeetingState, NotHeldReason};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Programs that run, 200 at a time.
pub(super) async fn running_after(db: &mut PgConnection, after: Option<ProgramId>) -> Result<Vec<ProgramId>> {
    Ok(sqlx::query_scalar!(
        r#"select id as "id: ProgramId" from programs
           where state in ('active', 'closing') and id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid)
           order by id limit 200"#,
        after as Option<ProgramId>
    )
    .fetch_all(db)
    .await?)
}

/// Meetings of these programs that are over, not logged, and about which the next round is due; none whose time was
/// before `since`. At most 200, the longest over first.
pub(super) async fn over(
    db: &mut PgConnection,
    programs: &[ProgramId],
    (since, now): (OffsetDateTime, OffsetDateTime),
) -> Result<Vec<Over>> {
    Ok(sqlx::query_as!(
        Over,
        r#"select m.program_id as "program_id: ProgramId", m.id as "meeting_id: MeetingId",
                  m.group_id as "group_id: GroupId", m.starts_local::date as "day!", m.ends_at,
                  greatest(m.ends_at, m.created_at, q.moved_at) as "since!", coalesce(q.rounds, 0) as "rounds!",
                  m.note_taker_id as "note_taker_id: ParticipationId", m.facilitator_id as "facilitator_id: ParticipationId"
           from meetings m
           left join meeting_questions q on q.program_id = m.program_id and q.meeting_id = m.id
           where m.program_id = any($1) and m.state = 'scheduled' and m.ends_at <= $3
             and greatest(m.ends_at, m.created_at, q.moved_at) > $2
             and greatest(m.ends_at, m.created_at, q.moved_at)
                 + case coalesce(q.rounds, 0) when 0 then interval '2 hours' when 1 then interval '2 days'
                   when 2 then interval '5 days' end <= $3
           order by m.ends_at, m.program_id, m.id limit 200"#,
        programs as &[ProgramId],
        since,
        now
    )
    .fetch_all(db)
    .await?)
}

/// Notes that so many rounds have gone out; `false` when they had before.
pub(super) async fn note_rounds(db: &mut PgConnection, over: &Over, rounds: i32) -> Result<bool> {
    let done = sqlx::query!(
        "insert into meeting_questions (program_id, meeting_id, rounds) values ($1, $2, $3)
         on conflict (program_id, meeting_id) do update set rounds = excluded.rounds
         where meeting_questions.rounds < excluded.rounds",
        over.program_id as ProgramId,
        over.meeting_id as MeetingId,
        rounds
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that somebody said a meeting moved: the rounds begin anew.
pub(super) async fn note_move(
    db: &mut PgConnection,
    program_id: ProgramId,
    meeting_id: MeetingId,
    (by, now): (ParticipationId, OffsetDateTime),
) -> Result<()> {
    sqlx::query!(
        "insert into meeting_questions (program_id, meeting_id, moved_at, moved_by) values ($1, $2, $3, $4)
         on conflict (program_id, meeting_id) do update
         set rounds = 0, moved_at = excluded.moved_at, moved_by = excluded.moved_by",
        program_id as ProgramId,
        meeting_id as MeetingId,
        now,
        by as ParticipationId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The ids under which these people are asked about a meeting; whoever was asked before keeps theirs.
pub(super) async fn asks(
    db: &mut PgConnection,
    over: &Over,
    people: &[ParticipationId],
) -> Result<Vec<(ParticipationId, MeetingAskId)>> {
    let ids: Vec<MeetingAskId> = people.iter().map(|_| MeetingAskId::generate()).collect();
    sqlx::query!(
        "insert into meeting_asks (program_id, id, meeting_id, participation_id)
         select $1, a.id, $2, a.who from unnest($3::uuid[], $4::uuid[]) as a (id, who)
         on conflict on constraint somebody_is_asked_about_a_meeting_under_one_id do nothing",
        over.program_id as ProgramId,
        over.meeting_id as MeetingId,
        &ids as &[MeetingAskId],
        people as &[ParticipationId]
    )
    .execute(&mut *db)
    .await?;
    Ok(sqlx::query!(
        r#"select participation_id as "who: ParticipationId", id as "id: MeetingAskId" from meeting_asks
           where program_id = $1 and meeting_id = $2 and participation_id = any($3)"#,
        over.program_id as ProgramId,
        over.meeting_id as MeetingId,
        people as &[ParticipationId]
    )
    .map(|row| (row.who, row.id))
    .fetch_all(db)
    .await?)
}

/// Somebody who was asked by an email, is an open member of the group and was in it on the day of the meeting; and
/// what was said about the meeting.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) program_id: ProgramId,
    pub(super) group_id: GroupId,
    pub(super) meeting_id: MeetingId,
    pub(super) participation_id: ParticipationId,
    pub(super) person_id: PersonId,
    pub(super) name: String,
    pub(super) email: String,
    /// IANA name of the zone they live by.
    pub(super) time_zone: String,
    pub(super) group_name: String,
    pub(super) institution: String,
    pub(super) program_state: ProgramState,
    pub(super) state: MeetingState,
    pub(super) not_held_reason: Option<NotHeldReason>,
    pub(super) starts_at: OffsetDateTime,
    pub(super) ends_at: OffsetDateTime,
    /// IANA name of the zone it was agreed in.
    pub(super) zone: String,
    pub(super) actual_minutes: Option<i32>,
    /// How many came.
    pub(super) present: i64,
    /// Who answered, and when.
    pub(super) logged_by: Option<ParticipationId>,
    pub(super) logged_by_name: Option<String>,
    pub(super) logged_at: Option<OffsetDateTime>,
    pub(super) moved_by: Option<ParticipationId>,
    pub(super) moved_by_name: Option<String>,
    pub(super) moved_at: Option<OffsetDateTime>,
}

/// Whom an ask is to; `None` when there is none, or they take no part in the group any more.
pub(super) async fn asked(db: &mut PgConnection, program_id: ProgramId, id: MeetingAskId) -> Result<Option<Asked>> {
    Ok(sqlx::query_as!(
        Asked,
        r#"select a.program_id as "program_id: ProgramId", x.group_id as "group_id: GroupId",
                  x.id as "meeting_id: MeetingId", t.id as "participation_id: ParticipationId", p.id as "person_id: PersonId",
                  p.name, p.email, p.time_zone, g.name as group_name, z.institution, z.state as "program_state: ProgramState",
                  x.state as "state: MeetingState", x.not_held_reason as "not_held_reason: NotHeldReason", x.starts_at,
                  x.ends_at, x.time_zone as zone, x.actual_minutes,
                  (select count(*) from attendances c where c.program_id = $1 and c.meeting_id = x.id) as "present!",
                  x.logged_by as "logged_by: ParticipationId", lp.name as "logged_by_name?", x.logged_at,
                  q.moved_by as "moved_by?: ParticipationId", vp.name as "moved_by_name?", q.moved_at as "moved_at?"
           from meeting_asks a
           join meetings x on x.program_id = $1 and x.id = a.meeting_id
           join groups g on g.program_id = $1 and g.id = x.group_id
           join programs z on z.id = $1
           join participations t on t.program_id = $1 and t.id = a.participation_id and t.state = $3
           join people p on p.id = t.person_id
           join memberships m on m.program_id = $1 and m.group_id = x.group_id and m.participation_id = t.id
                and m.joined_on <= x.starts_local::date and m.left_on is null
           left join participations l on l.program_id = $1 and l.id = x.logged_by
           left join people lp on lp.id = l.person_id
           left join meeting_questions q on q.program_id = $1 and q.meeting_id = x.id
           left join participations v on v.program_id = $1 and v.id = q.moved_by
           left join people vp on vp.id = v.person_id
           where a.program_id = $1 and a.id = $2"#,
        program_id as ProgramId,
        id as MeetingAskId,
        ParticipationState::Joined as ParticipationState
    )
    .fetch_optional(db)
    .await?)
}
