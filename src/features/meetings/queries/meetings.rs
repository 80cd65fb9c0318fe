//! The tables `meetings` and `attendances`.
use super::super::model::{Meeting, MeetingState, Mode, NotHeldReason, Roles, Turn};
use super::GroupKey;
use crate::base::{
    error::{AppError, Result},
    ids::{GroupId, MeetingId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::{OffsetDateTime, PrimitiveDateTime};

/// A meeting that is not written yet.
#[derive(Debug)]
pub struct NewMeeting<'a> {
    pub id: MeetingId,
    pub details: Details<'a>,
    /// IANA name of the zone of its wall time.
    pub time_zone: &'a str,
    pub created_by: ParticipationId,
}

/// What can be changed until it starts.
#[derive(Debug, Clone, Copy)]
pub struct Details<'a> {
    pub starts_at: OffsetDateTime,
    pub ends_at: OffsetDateTime,
    pub starts_local: PrimitiveDateTime,
    pub mode: Mode,
    pub place: &'a str,
    pub roles: Roles,
    pub overrun_confirmed: bool,
}

/// Writes a scheduled meeting; `false` when its id is taken or another meeting of the group overlaps.
pub async fn insert_meeting(
    db: &mut PgConnection,
    of: GroupKey,
    new: &NewMeeting<'_>,
    now: OffsetDateTime,
) -> Result<bool> {
    let details = &new.details;
    let done = sqlx::query!(
        "insert into meetings (program_id, id, group_id, starts_at, ends_at, starts_local, time_zone, mode, place, state,
                facilitator_id, timekeeper_id, note_taker_id, overrun_confirmed, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'scheduled', $10, $11, $12, false, $13, $14)
         on conflict do nothing",
        of.program_id as ProgramId,
        new.id as MeetingId,
        of.group_id as GroupId,
        details.starts_at,
        details.ends_at,
        details.starts_local,
        new.time_zone,
        details.mode as Mode,
        details.place,
        details.roles.facilitator as Option<ParticipationId>,
        details.roles.timekeeper as Option<ParticipationId>,
        details.roles.note_taker as Option<ParticipationId>,
        new.created_by as ParticipationId,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Whether the group has this meeting.
pub async fn is_there(db: &mut PgConnection, of: GroupKey, id: MeetingId) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from meetings where program_id = $1 and group_id = $2 and id = $3) as "there!""#,
        of.program_id as ProgramId,
        of.group_id as GroupId,
        id as MeetingId
    )
    .fetch_one(db)
    .await?)
}

async fn lock(db: &mut PgConnection, of: GroupKey, id: MeetingId) -> Result<()> {
    sqlx::query_scalar!(
        "select 1 as one from meetings where program_id = $1 and group_id = $2 and id = $3 for update",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        id as MeetingId
    )
    .fetch_one(db)
    .await?;
    Ok(())
}

/// A meeting, held until the transaction ends, so that two people change it one after the other.
///
/// # Errors
/// `NotFound` when the group has no such meeting.
pub async fn locked(db: &mut PgConnection, of: GroupKey, id: MeetingId) -> Result<Meeting> {
    lock(db, of, id).await?;
    meetings_of(db, of, Which::One(id)).await?.pop().ok_or(AppError::NotFound)
}

/// Which meetings of a group to read.
#[derive(Debug, Clone, Copy)]
pub enum Which {
    All,
    One(MeetingId),
    /// Scheduled, starting after this.
    ScheduledAfter(OffsetDateTime),
    /// Scheduled, begun by this: nobody said how they went.
    UnloggedBy(OffsetDateTime),
}

/// Meetings by their start.
pub async fn meetings_of(db: &mut PgConnection, of: GroupKey, which: Which) -> Result<Vec<Meeting>> {
    let (id, after, begun) = match which {
        Which::All => (None, None, None),
        Which::One(id) => (Some(id), None, None),
        Which::ScheduledAfter(after) => (None, Some(after), None),
        Which::UnloggedBy(by) => (None, None, Some(by)),
    };
    Ok(sqlx::query_as!(
        Meeting,
        r#"select m.id as "id: MeetingId", m.starts_at, m.ends_at, m.time_zone, m.mode as "mode: Mode", m.place,
                  m.state as "state: MeetingState", m.not_held_reason as "not_held_reason: NotHeldReason",
                  m.facilitator_id as "facilitator_id: ParticipationId", fp.name as "facilitator_name?",
                  m.timekeeper_id as "timekeeper_id: ParticipationId", kp.name as "timekeeper_name?",
                  m.note_taker_id as "note_taker_id: ParticipationId", np.name as "note_taker_name?",
                  m.overrun_confirmed, m.note, m.created_at, m.actual_minutes,
                  (select count(*) from attendances a
                   where a.program_id = $1 and a.meeting_id = m.id) as "present!"
           from meetings m
           left join participations f on f.program_id = $1 and f.id = m.facilitator_id
           left join people fp on fp.id = f.person_id
           left join participations k on k.program_id = $1 and k.id = m.timekeeper_id
           left join people kp on kp.id = k.person_id
           left join participations n on n.program_id = $1 and n.id = m.note_taker_id
           left join people np on np.id = n.person_id
           where m.program_id = $1 and m.group_id = $2 and m.id between coalesce($3, '00000000-0000-0000-0000-000000000000'::uuid) and coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
             and ($4::timestamptz is null or (m.state = 'scheduled' and m.starts_at > $4))
             and ($5::timestamptz is null or (m.state = 'scheduled' and m.starts_at <= $5))
           order by m.starts_at, m.id"#,
        of.program_id as ProgramId,
        of.group_id as GroupId,
        id as Option<MeetingId>,
        after,
        begun
    )
    .fetch_all(db)
    .await?)
}

/// Who had or will have which role, in the group's meetings that stand.
pub async fn turns(db: &mut PgConnection, of: GroupKey) -> Result<Vec<Turn>> {
    Ok(sqlx::query!(
        r#"select facilitator_id as "facilitator: ParticipationId", timekeeper_id as "timekeeper: ParticipationId",
                  note_taker_id as "note_taker: ParticipationId", starts_at
           from meetings where program_id = $1 and group_id = $2 and state in ('scheduled', 'held')
           order by starts_at, id"#,
        of.program_id as ProgramId,
        of.group_id as GroupId
    )
    .map(|row| Turn {
        roles: Roles { facilitator: row.facilitator, timekeeper: row.timekeeper, note_taker: row.note_taker },
        starts_at: row.starts_at,
    })
    .fetch_all(db)
    .await?)
}

/// Changes when, where and who does what.
///
/// # Errors
/// Breaks `meetings_of_one_group_do_not_overlap` when another meeting is in the way.
pub async fn change_details(db: &mut PgConnection, of: GroupKey, id: MeetingId, to: &Details<'_>) -> Result<()> {
    sqlx::query!(
        "update meetings set starts_at = $4, ends_at = $5, starts_local = $6, mode = $7, place = $8, facilitator_id = $9,
                timekeeper_id = $10, note_taker_id = $11, overrun_confirmed = $12,
                sequence = sequence + ((starts_at, ends_at, mode, place) is distinct from ($4, $5, $7, $8))::int
         where program_id = $1 and group_id = $2 and id = $3 and state = 'scheduled'",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        id as MeetingId,
        to.starts_at,
        to.ends_at,
        to.starts_local,
        to.mode as Mode,
        to.place,
        to.roles.facilitator as Option<ParticipationId>,
        to.roles.timekeeper as Option<ParticipationId>,
        to.roles.note_taker as Option<ParticipationId>,
        to.overrun_confirmed
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes whether the planner let the agenda run over.
pub async fn set_overrun(db: &mut PgConnection, of: GroupKey, id: MeetingId, confirmed: bool) -> Result<()> {
    sqlx::query!(
        "update meetings set overrun_confirmed = $4
         where program_id = $1 and group_id = $2 and id = $3 and overrun_confirmed <> $4",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        id as MeetingId,
        confirmed
    )
    .execute(db)
    .await?;
    Ok(())
}

/// `scheduled → cancelled`.
pub async fn mark_cancelled(db: &mut PgConnection, of: GroupKey, id: MeetingId) -> Result<()> {
    sqlx::query!(
        "update meetings set state = 'cancelled', sequence = sequence + 1
         where program_id = $1 and group_id = $2 and id = $3 and state = 'scheduled'",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        id as MeetingId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Counts a change of these meetings that their own columns do not show.
pub async fn raise_sequence(db: &mut PgConnection, program_id: ProgramId, ids: &[MeetingId]) -> Result<()> {
    sqlx::query!(
        "update meetings set sequence = sequence + 1 where program_id = $1 and id = any($2)",
        program_id as ProgramId,
        ids as &[MeetingId]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What is written of a meeting that was held.
#[derive(Debug)]
pub struct Held<'a> {
    pub present: &'a [ParticipationId],
    pub note: &'a str,
    pub actual_minutes: i32,
    /// Only where another than the planned one took notes.
    pub note_taker: Option<ParticipationId>,
}

/// `→ held`, with who came; a log that was there is replaced.
///
/// # Errors
/// Breaks `meetings_of_one_group_do_not_overlap` when it had been logged as missed and another is in its place.
pub async fn mark_held(
    db: &mut PgConnection,
    of: GroupKey,
    (id, held): (MeetingId, &Held<'_>),
    (by, now): (ParticipationId, OffsetDateTime),
) -> Result<()> {
    sqlx::query!(
        "update meetings set state = 'held', not_held_reason = null, note = $4, actual_minutes = $5, logged_by = $6,
                logged_at = $7, note_taker_id = coalesce($8, note_taker_id)
         where program_id = $1 and group_id = $2 and id = $3",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        id as MeetingId,
        held.note,
        held.actual_minutes,
        by as ParticipationId,
        now,
        held.note_taker as Option<ParticipationId>
    )
    .execute(&mut *db)
    .await?;
    forget_attendance(db, of, id).await?;
    sqlx::query!(
        "insert into attendances (program_id, meeting_id, participation_id) select $1, $2, came from unnest($3::uuid[]) came",
        of.program_id as ProgramId,
        id as MeetingId,
        held.present as &[ParticipationId]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// `→ not_held`.
pub async fn mark_not_held(
    db: &mut PgConnection,
    of: GroupKey,
    (id, reason): (MeetingId, NotHeldReason),
    (by, now): (ParticipationId, OffsetDateTime),
) -> Result<()> {
    sqlx::query!(
        "update meetings set state = 'not_held', not_held_reason = $4, note = '', actual_minutes = null, logged_by = $5,
                logged_at = $6
         where program_id = $1 and group_id = $2 and id = $3",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        id as MeetingId,
        reason as NotHeldReason,
        by as ParticipationId,
        now
    )
    .execute(&mut *db)
    .await?;
    forget_attendance(db, of, id).await
}

async fn forget_attendance(db: &mut PgConnection, of: GroupKey, id: MeetingId) -> Result<()> {
    sqlx::query!(
        "delete from attendances where program_id = $1 and meeting_id = $2",
        of.program_id as ProgramId,
        id as MeetingId
    )
    .execute(db)
    .await?;
    Ok(())
}
