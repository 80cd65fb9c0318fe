//! The table `coffee_declines`, and the minutes of catching up.
use super::model::Ran;
use crate::base::{
    error::Result,
    ids::{GroupId, MeetingId, ProgramId},
};
use crate::features::meetings::GroupKey;
use sqlx::PgConnection;

/// The last three held meetings that had an agenda, since the one that was declined, the latest first. None while a
/// meeting for catching up alone is to come.
pub(super) async fn ran(db: &mut PgConnection, of: GroupKey) -> Result<Vec<Ran>> {
    Ok(sqlx::query_as!(
        Ran,
        r#"select m.id as "meeting_id: MeetingId",
                  coalesce(sum(i.planned_minutes) filter (where i.kind = 'informal' and i.carried_from is null), 0)::int
                      as "planned!",
                  coalesce(sum(i.actual_minutes) filter (where i.kind = 'informal'), 0)::int as "actual!",
                  bool_and(i.kind = 'informal') as "informal_only!"
           from (select x.id, x.starts_at from meetings x
                 where x.program_id = $1 and x.group_id = $2 and x.state = 'held'
                   and exists (select from agenda_items a where a.program_id = $1 and a.meeting_id = x.id)
                   and not exists (select from coffee_declines c
                                   join meetings d on d.program_id = $1 and d.id = c.meeting_id
                                   where c.program_id = $1 and c.group_id = $2 and d.starts_at >= x.starts_at)
                   and not exists (select from meetings s
                                   where s.program_id = $1 and s.group_id = $2 and s.state = 'scheduled'
                                     and exists (select from agenda_items a
                                                 where a.program_id = $1 and a.meeting_id = s.id)
                                     and not exists (select from agenda_items a
                                                     where a.program_id = $1 and a.meeting_id = s.id
                                                       and a.kind <> 'informal'))
                 order by x.starts_at desc, x.id desc limit 3) m
           join agenda_items i on i.program_id = $1 and i.group_id = $2 and i.meeting_id = m.id
           group by m.id, m.starts_at
           order by m.starts_at desc, m.id desc"#,
        of.program_id as ProgramId,
        of.group_id as GroupId
    )
    .fetch_all(db)
    .await?)
}

/// Not this time: what came before this meeting's end does not count any more.
pub(super) async fn decline(db: &mut PgConnection, of: GroupKey, meeting_id: MeetingId) -> Result<()> {
    sqlx::query!(
        "insert into coffee_declines (program_id, group_id, meeting_id) values ($1, $2, $3)
         on conflict (program_id, group_id) do update set meeting_id = excluded.meeting_id",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        meeting_id as MeetingId
    )
    .execute(db)
    .await?;
    Ok(())
}
