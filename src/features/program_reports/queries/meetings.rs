//! Meetings with who came, in sums, and their agendas without words.
use crate::base::{
    error::Result,
    ids::{GroupId, MeetingId, ProgramId},
    local_time::day_in,
};
use crate::features::{
    program_reports::model::{Item, Met},
    progress::MeetingState,
};
use sqlx::PgConnection;

/// By time.
pub(super) async fn meetings(db: &mut PgConnection, id: ProgramId, zone: &str) -> Result<Vec<(GroupId, Met)>> {
    // The order of the columns in `row(…)` is the order of the fields of its struct.
    let rows = sqlx::query!(
        r#"select m.group_id as "group_id: GroupId", m.id as "id: MeetingId", m.created_at, m.starts_at, m.ends_at,
                  m.state as "state: MeetingState", m.logged_at, coalesce(m.actual_minutes, 0) as "minutes!",
                  (select count(*) from attendances a
                   where a.program_id = $1 and a.meeting_id = m.id)::int as "present!",
                  array(select row(i.kind, i.planned_minutes,
                                   case when i.state = 'done' then i.actual_minutes end,
                                   i.goal_id is not null, i.carried_from is not null)
                        from agenda_items i
                        where i.program_id = $1 and i.meeting_id = m.id
                        order by i.position, i.id) as "items!: Vec<Item>"
           from meetings m where m.program_id = $1 order by m.starts_at, m.id"#,
        id as ProgramId
    )
    .fetch_all(db)
    .await?;
    let day = |at| day_in(zone, at);
    let met = rows.into_iter().map(|row| {
        let met = Met {
            id: row.id,
            created_on: day(row.created_at),
            day: day(row.starts_at),
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            state: row.state,
            logged_on: row.logged_at.map(day),
            minutes: row.minutes,
            present: row.present,
            items: row.items,
        };
        (row.group_id, met)
    });
    Ok(met.collect())
}
