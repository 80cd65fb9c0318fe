//! Who is told of a meeting, and what letters about it say. They write no table.
use crate::base::{
    error::Result,
    ids::{GroupId, MeetingId, ParticipationId, ProgramId},
};
use crate::features::meetings::{MeetingState, Mode};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What a letter about a meeting says, and what decides whether it is still needed.
#[derive(Debug)]
pub(super) struct LetterFacts {
    pub(super) group_id: GroupId,
    pub(super) group_name: String,
    pub(super) program_name: String,
    pub(super) institution: String,
    pub(super) state: MeetingState,
    pub(super) starts_at: OffsetDateTime,
    pub(super) ends_at: OffsetDateTime,
    pub(super) mode: Mode,
    /// How often when or where was changed.
    pub(super) sequence: i32,
    pub(super) by_name: String,
    pub(super) reader_name: String,
    pub(super) reader_email: String,
    pub(super) reader_zone: String,
}

/// `None` when the reader is no open member of the meeting's group any more; the other way round for a letter
/// that says just that (`left`).
pub(super) async fn letter_facts(
    db: &mut PgConnection,
    program_id: ProgramId,
    meeting_id: MeetingId,
    (reader, by): (ParticipationId, ParticipationId),
    left: bool,
) -> Result<Option<LetterFacts>> {
    Ok(sqlx::query_as!(
        LetterFacts,
        r#"select g.id as "group_id: GroupId", g.name as group_name, r.name as program_name, r.institution,
                  m.state as "state: MeetingState", m.starts_at, m.ends_at, m.mode as "mode: Mode", m.sequence,
                  bp.name as by_name, p.name as reader_name, p.email as reader_email, p.time_zone as reader_zone
           from meetings m
           join programs r on r.id = $1
           join groups g on g.program_id = $1 and g.id = m.group_id
           join participations t on t.program_id = $1 and t.id = $3 and (t.state = 'joined' or $5)
           join people p on p.id = t.person_id
           join participations b on b.program_id = $1 and b.id = $4
           join people bp on bp.id = b.person_id
           where m.program_id = $1 and m.id = $2 and r.state in ('active', 'closing')
             and $5 <> exists (select from memberships s
                               where s.program_id = $1 and s.group_id = m.group_id and s.participation_id = $3
                                 and s.joined_on is not null and s.left_on is null)"#,
        program_id as ProgramId,
        meeting_id as MeetingId,
        reader as ParticipationId,
        by as ParticipationId,
        left
    )
    .fetch_optional(db)
    .await?)
}

/// A meeting that is to come, for somebody who belongs to its group.
#[derive(Debug)]
pub(super) struct Ahead {
    pub(super) meeting_id: MeetingId,
    pub(super) participation_id: ParticipationId,
    pub(super) by_id: ParticipationId,
    pub(super) starts_at: OffsetDateTime,
}

/// The meetings that are to come of the groups that each of these belongs to.
pub(super) async fn ahead_of(
    db: &mut PgConnection,
    program_id: ProgramId,
    people: &[ParticipationId],
    now: OffsetDateTime,
) -> Result<Vec<Ahead>> {
    Ok(sqlx::query_as!(
        Ahead,
        r#"select x.id as "meeting_id: MeetingId", m.participation_id as "participation_id: ParticipationId",
                  x.created_by as "by_id: ParticipationId", x.starts_at
           from memberships m
           join meetings x on x.program_id = $1 and x.group_id = m.group_id and x.state = 'scheduled' and x.starts_at > $3
           where m.program_id = $1 and m.participation_id = any($2) and m.joined_on is not null and m.left_on is null
           order by x.starts_at, x.id, m.participation_id"#,
        program_id as ProgramId,
        people as &[ParticipationId],
        now
    )
    .fetch_all(db)
    .await?)
}

/// Everybody who belongs to a group of a program now.
pub(super) async fn in_groups(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<ParticipationId>> {
    Ok(sqlx::query_scalar!(
        r#"select participation_id as "id: ParticipationId" from memberships
           where program_id = $1 and joined_on is not null and left_on is null order by participation_id"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}
