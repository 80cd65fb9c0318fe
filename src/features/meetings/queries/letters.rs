//! What letters about meetings say.
use super::{
    super::model::{MeetingState, Mode},
    GroupKey,
};
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
    /// How often when or where was changed.
    pub(in super::super) sequence: i32,
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
                  m.state as "state: MeetingState", m.starts_at, m.ends_at, m.mode as "mode: Mode", m.sequence,
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

/// A meeting that is to come, for somebody who came to its group after it was set.
#[derive(Debug)]
pub(in super::super) struct Ahead {
    pub(in super::super) meeting_id: MeetingId,
    pub(in super::super) participation_id: ParticipationId,
    pub(in super::super) by_id: ParticipationId,
    pub(in super::super) starts_at: OffsetDateTime,
}

/// The meetings of a group that are to come, for each of these who belong to it.
pub(in super::super) async fn ahead_of(
    db: &mut PgConnection,
    of: GroupKey,
    newcomers: &[ParticipationId],
    now: OffsetDateTime,
) -> Result<Vec<Ahead>> {
    Ok(sqlx::query_as!(
        Ahead,
        r#"select x.id as "meeting_id: MeetingId", m.participation_id as "participation_id: ParticipationId",
                  x.created_by as "by_id: ParticipationId", x.starts_at
           from meetings x
           join memberships m on m.program_id = $1 and m.group_id = x.group_id and m.left_on is null
                and m.joined_on is not null and m.participation_id = any($3)
           where x.program_id = $1 and x.group_id = $2 and x.state = 'scheduled' and x.starts_at > $4
           order by x.starts_at, x.id, m.participation_id"#,
        of.program_id as ProgramId,
        of.group_id as GroupId,
        newcomers as &[ParticipationId],
        now
    )
    .fetch_all(db)
    .await?)
}
