//! What letters about meetings say.
use super::super::model::{MeetingState, Mode};
use crate::base::{
    error::Result,
    ids::{GroupId, MeetingId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What a letter about a meeting says, and what decides whether it is still needed.
#[derive(Debug)]
pub(in super::super) struct LetterFacts {
    pub(in super::super) group_id: GroupId,
    pub(in super::super) group_name: String,
    pub(in super::super) program_name: String,
    pub(in super::super) institution: String,
    pub(in super::super) state: MeetingState,
    pub(in super::super) starts_at: OffsetDateTime,
    pub(in super::super) ends_at: OffsetDateTime,
    pub(in super::super) mode: Mode,
    pub(in super::super) by_name: String,
    pub(in super::super) reader_name: String,
    pub(in super::super) reader_email: String,
    pub(in super::super) reader_zone: String,
}

/// `None` when the reader is no open member of the meeting's group any more.
pub(in super::super) async fn letter_facts(
    db: &mut PgConnection,
    program_id: ProgramId,
    meeting_id: MeetingId,
    reader: ParticipationId,
    by: ParticipationId,
) -> Result<Option<LetterFacts>> {
    Ok(sqlx::query_as!(
        LetterFacts,
        r#"select g.id as "group_id: GroupId", g.name as group_name, r.name as program_name, r.institution,
                  m.state as "state: MeetingState", m.starts_at, m.ends_at, m.mode as "mode: Mode",
                  bp.name as by_name, p.name as reader_name, p.email as reader_email, p.time_zone as reader_zone
           from meetings m
           join programs r on r.id = $1
           join groups g on g.program_id = $1 and g.id = m.group_id
           join memberships s on s.program_id = $1 and s.group_id = m.group_id and s.participation_id = $3
                and s.joined_on is not null and s.left_on is null
           join participations t on t.program_id = $1 and t.id = $3 and t.state = 'joined'
           join people p on p.id = t.person_id
           join participations b on b.program_id = $1 and b.id = $4
           join people bp on bp.id = b.person_id
           where m.program_id = $1 and m.id = $2 and r.state in ('active', 'closing')"#,
        program_id as ProgramId,
        meeting_id as MeetingId,
        reader as ParticipationId,
        by as ParticipationId
    )
    .fetch_optional(db)
    .await?)
}

/// Someone who joined a group after its next meeting was set.
#[derive(Debug)]
pub(in super::super) struct Latecomer {
    pub(in super::super) meeting_id: MeetingId,
    pub(in super::super) participation_id: ParticipationId,
    pub(in super::super) by_id: ParticipationId,
    pub(in super::super) starts_at: OffsetDateTime,
}

/// Those whose meeting begins within a day from now.
pub(in super::super) async fn latecomers(
    db: &mut PgConnection,
    program_id: ProgramId,
    now: OffsetDateTime,
) -> Result<Vec<Latecomer>> {
    Ok(sqlx::query_as!(
        Latecomer,
        r#"select x.id as "meeting_id: MeetingId", m.participation_id as "participation_id: ParticipationId",
                  x.created_by as "by_id: ParticipationId", x.starts_at
           from meetings x
           join memberships m on m.program_id = $1 and m.group_id = x.group_id and m.left_on is null
                and m.joined_on > (x.created_at at time zone x.time_zone)::date
           join participations t on t.program_id = $1 and t.id = m.participation_id and t.state = 'joined'
           where x.program_id = $1 and x.state = 'scheduled' and x.starts_at > $2 and x.starts_at <= $2 + interval '1 day'
           order by x.id, m.participation_id"#,
        program_id as ProgramId,
        now
    )
    .fetch_all(db)
    .await?)
}
