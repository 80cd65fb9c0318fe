//! What happened in groups: one statement for each kind of thing.
use super::Which;
use crate::base::{
    error::Result,
    ids::{FieldTripId, GroupId, MeetingId, ParticipationId, ProgramId},
    local_time::day_in,
};
use crate::features::field_trips::{TripKind, TripState};
use crate::features::progress::model::{
    Given, GoalFacts, ItemKind, KindMinutes, MeetingFacts, MeetingState, TripFacts,
};
use sqlx::PgConnection;
use std::collections::HashMap;

pub(super) async fn meetings(db: &mut PgConnection, which: Which<'_>) -> Result<Vec<(GroupId, MeetingFacts)>> {
    let rows = sqlx::query!(
        r#"select m.group_id as "group_id: GroupId", m.id as "id: MeetingId", m.starts_at, m.ends_at,
                  m.state as "state: MeetingState", coalesce(m.actual_minutes, 0) as "minutes!", o.time_zone,
                  (select count(*) from attendances a
                   where a.program_id = m.program_id and a.meeting_id = m.id)::int as "present!"
           from meetings m
           join programs o on o.id = m.program_id
           where m.program_id = any($1) and ($2::uuid[] is null or m.group_id = any($2))
           order by m.starts_at, m.id"#,
        which.programs as &[ProgramId],
        which.groups as Option<&[GroupId]>
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let meeting = MeetingFacts {
                id: row.id,
                day: day_in(&row.time_zone, row.starts_at),
                starts_at: row.starts_at,
                ends_at: row.ends_at,
                state: row.state,
                minutes: row.minutes,
                present: row.present,
                members_then: 0,
                agenda: Vec::new(),
            };
            (row.group_id, meeting)
        })
        .collect())
}

pub(super) async fn agendas(db: &mut PgConnection, which: Which<'_>) -> Result<HashMap<MeetingId, Vec<KindMinutes>>> {
    let rows = sqlx::query!(
        r#"select i.meeting_id as "meeting_id: MeetingId", i.kind as "kind: ItemKind",
                  sum(i.planned_minutes)::int as "planned!",
                  coalesce(sum(i.actual_minutes) filter (where i.state = 'done'), 0)::int as "actual!",
                  coalesce(sum(i.actual_minutes) filter (where i.state = 'done' and i.goal_id is not null), 0)::int
                      as "with_goal!"
           from agenda_items i
           where i.program_id = any($1) and ($2::uuid[] is null or i.group_id = any($2))
           group by i.program_id, i.meeting_id, i.kind
           order by i.program_id, i.meeting_id, i.kind"#,
        which.programs as &[ProgramId],
        which.groups as Option<&[GroupId]>
    )
    .fetch_all(db)
    .await?;
    let mut agendas: HashMap<MeetingId, Vec<KindMinutes>> = HashMap::new();
    for row in rows {
        let minutes =
            KindMinutes { kind: row.kind, planned: row.planned, actual: row.actual, with_goal: row.with_goal };
        agendas.entry(row.meeting_id).or_default().push(minutes);
    }
    Ok(agendas)
}

pub(super) async fn trips(db: &mut PgConnection, which: Which<'_>) -> Result<Vec<(GroupId, TripFacts)>> {
    let rows = sqlx::query!(
        r#"select f.group_id as "group_id: GroupId", f.id as "id: FieldTripId", f.kind as "kind: TripKind", f.on_date,
                  f.state as "state: TripState", (f.confirmed_on is not null) as "was_confirmed!", f.cost_cents
           from field_trips f
           where f.program_id = any($1) and ($2::uuid[] is null or f.group_id = any($2))
           order by f.on_date, f.id"#,
        which.programs as &[ProgramId],
        which.groups as Option<&[GroupId]>
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let trip = TripFacts {
                id: row.id,
                kind: row.kind,
                day: row.on_date,
                state: row.state,
                was_confirmed: row.was_confirmed,
                cost_cents: row.cost_cents,
            };
            (row.group_id, trip)
        })
        .collect())
}

pub(super) async fn goals(db: &mut PgConnection, which: Which<'_>) -> Result<Vec<(GroupId, GoalFacts)>> {
    let rows = sqlx::query!(
        r#"select o.group_id as "group_id: GroupId", o.owner_id as "owner?: ParticipationId", o.agreed_on as "agreed_on!",
                  (select count(*) from elements e
                   where e.program_id = o.program_id and e.goal_id = o.id and e.state = 'agreed')::int as "elements!"
           from goals o
           where o.program_id = any($1) and ($2::uuid[] is null or o.group_id = any($2))
             and o.agreed_on is not null and o.state not in ('draft', 'dropped')
           order by o.agreed_on, o.id"#,
        which.programs as &[ProgramId],
        which.groups as Option<&[GroupId]>
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.group_id, GoalFacts { owner: row.owner, agreed_on: row.agreed_on, elements: row.elements }))
        .collect())
}

pub(super) async fn feedback(db: &mut PgConnection, which: Which<'_>) -> Result<Vec<(GroupId, Given)>> {
    let rows = sqlx::query!(
        r#"select f.group_id as "group_id: GroupId", f.giver_id as "giver: ParticipationId",
                  f.receiver_id as "receiver: ParticipationId", count(*)::int as "times!"
           from feedback f
           where f.program_id = any($1) and ($2::uuid[] is null or f.group_id = any($2))
             and f.state in ('shared', 'answered', 'confirmed')
           group by f.program_id, f.group_id, f.giver_id, f.receiver_id
           order by f.group_id, f.giver_id, f.receiver_id"#,
        which.programs as &[ProgramId],
        which.groups as Option<&[GroupId]>
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.group_id, Given { from: row.giver, to: row.receiver, times: row.times }))
        .collect())
}
