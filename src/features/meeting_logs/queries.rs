//! What logs read. Who came and what the items took is written by `meetings`.
use super::model::{Eligible, SpentItem};
use crate::base::{
    error::Result,
    ids::{GroupId, MeetingId, ParticipationId, ProgramId},
};
use crate::features::meetings::{GroupKey, ItemKind};
use sqlx::PgConnection;
use time::{Date, PrimitiveDateTime};

/// The names of those who coordinate the program.
pub(super) async fn coordinators(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!(
        "select p.name from coordinators c join people p on p.id = c.person_id
         where c.program_id = $1 order by p.name, p.id",
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// The open members on a day, by name. Who has left since was one, and who is on a pause that began later; who was on
/// a pause that day, or is on hold for another reason, was none, unless the log already has them.
///
/// # Errors
/// When the database does not answer.
pub async fn eligible(db: &mut PgConnection, of: GroupKey, meeting_id: MeetingId, day: Date) -> Result<Vec<Eligible>> {
    Ok(sqlx::query_as!(
        Eligible,
        r#"select t.id as "id: ParticipationId", p.name, (a.participation_id is not null) as "came!"
           from memberships m
           join participations t on t.program_id = $1 and t.id = m.participation_id
           join people p on p.id = t.person_id
           left join attendances a on a.program_id = $1 and a.meeting_id = $3 and a.participation_id = t.id
           where m.program_id = $1 and m.group_id = $2 and m.joined_on <= $4 and (m.left_on is null or m.left_on > $4)
             and (m.left_on is not null or a.participation_id is not null
                  or (t.state = 'joined' and not coalesce(t.paused_from <= $4 and t.paused_until > $4, false))
                  or (t.state = 'on_hold' and t.paused_from > $4))
           order by p.name, t.id"#,
        of.program_id as ProgramId,
        of.group_id as GroupId,
        meeting_id as MeetingId,
        day
    )
    .fetch_all(db)
    .await?)
}

/// When else on a day these same people met, if another meeting of that day is logged with them.
pub(super) async fn same_people(
    db: &mut PgConnection,
    of: GroupKey,
    (meeting_id, day): (MeetingId, Date),
    present: &[ParticipationId],
) -> Result<Option<PrimitiveDateTime>> {
    Ok(sqlx::query_scalar!(
        "select m.starts_local from meetings m
         where m.program_id = $1 and m.group_id = $2 and m.id <> $3 and m.state = 'held' and m.starts_local::date = $4
           and (select array_agg(a.participation_id order by a.participation_id) from attendances a
                where a.program_id = $1 and a.meeting_id = m.id)
             = (select array_agg(came order by came) from unnest($5::uuid[]) came)
         order by m.starts_at, m.id limit 1",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        meeting_id as MeetingId,
        day,
        present as &[ParticipationId]
    )
    .fetch_optional(db)
    .await?)
}

/// Items of held meetings, meeting by meeting, oldest first.
pub(super) async fn spent_items(db: &mut PgConnection, of: GroupKey) -> Result<Vec<SpentItem>> {
    Ok(sqlx::query_as!(
        SpentItem,
        r#"select m.id as "meeting_id: MeetingId", m.starts_local::date as "day!", i.kind as "kind: ItemKind",
                  case when i.carried_from is null then i.planned_minutes else 0 end as "planned!",
                  coalesce(i.actual_minutes, 0) as "actual!"
           from meetings m
           join agenda_items i on i.program_id = $1 and i.group_id = $2 and i.meeting_id = m.id
           where m.program_id = $1 and m.group_id = $2 and m.state = 'held'
           order by m.starts_at, m.id, i.position, i.id"#,
        of.program_id as ProgramId,
        of.group_id as GroupId
    )
    .fetch_all(db)
    .await?)
}
