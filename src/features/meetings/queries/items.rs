//! The table `agenda_items`. A change takes the meeting's lock first, so positions never clash.
use super::super::model::{Draft, Item, ItemKind, ItemState, Outcome};
use super::GroupKey;
use crate::base::{
    error::Result,
    ids::{AgendaItemId, FieldTripId, GoalId, GroupId, MeetingId, ParticipationId, ProgramId, ThemeId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// The agenda of a meeting, in order.
pub async fn items_of(db: &mut PgConnection, of: GroupKey, meeting_id: MeetingId) -> Result<Vec<Item>> {
    Ok(sqlx::query_as!(
        Item,
        r#"select i.id as "id: AgendaItemId", i.kind as "kind: ItemKind", i.title, i.planned_minutes,
                  i.goal_id as "goal_id: GoalId", g.owner_id as "goal_owner_id?: ParticipationId",
                  gp.name as "goal_owner_name?", i.trip_id as "trip_id: FieldTripId", t.on_date as "trip_on?",
                  i.lead_id as "lead_id: ParticipationId", lp.name as "lead_name?", i.state as "state: ItemState",
                  i.actual_minutes, (i.carried_from is not null) as "carried!",
                  (i.worded_at at time zone z.time_zone)::date as "worded_on!", false as "was_before_me!"
           from agenda_items i
           join programs z on z.id = i.program_id
           left join goals g on g.program_id = $1 and g.id = i.goal_id
           left join participations o on o.program_id = $1 and o.id = g.owner_id
           left join people gp on gp.id = o.person_id
           left join field_trips t on t.program_id = $1 and t.id = i.trip_id
           left join participations l on l.program_id = $1 and l.id = i.lead_id
           left join people lp on lp.id = l.person_id
           where i.program_id = $1 and i.group_id = $2 and i.meeting_id = $3
           order by i.position, i.id"#,
        of.program_id as ProgramId,
        of.group_id as GroupId,
        meeting_id as MeetingId
    )
    .fetch_all(db)
    .await?)
}

/// Moves what stands at `place` (from 1) or later down by `many`.
pub async fn make_place(
    db: &mut PgConnection,
    of: GroupKey,
    meeting_id: MeetingId,
    place: i32,
    many: i32,
) -> Result<()> {
    // Positions may have gaps: places are counted, not read.
    sqlx::query!(
        "with placed as (select id, row_number() over (order by position, id)::int as place
                         from agenda_items where program_id = $1 and group_id = $2 and meeting_id = $3)
         update agenda_items i
         set position = case when p.place >= $4 then p.place + $5 else p.place end
         from placed p where i.program_id = $1 and i.group_id = $2 and i.meeting_id = $3 and i.id = p.id",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        meeting_id as MeetingId,
        place,
        many
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes items one after the other from a position on. `first_id` is given to the first, so that
/// a form sent twice makes one row; `false` when it was there.
pub async fn insert_items(
    db: &mut PgConnection,
    of: GroupKey,
    meeting_id: MeetingId,
    (first_id, position): (AgendaItemId, i32),
    drafts: &[Draft],
) -> Result<bool> {
    let mut ids = vec![first_id];
    ids.resize_with(drafts.len(), AgendaItemId::generate);
    let positions: Vec<i32> = (position..).take(drafts.len()).collect();
    let kinds: Vec<String> = drafts.iter().map(|draft| draft.kind.as_str().to_owned()).collect();
    let titles: Vec<String> = drafts.iter().map(|draft| draft.title.clone()).collect();
    let minutes: Vec<i32> = drafts.iter().map(|draft| draft.minutes).collect();
    let done = sqlx::query!(
        "insert into agenda_items (program_id, id, group_id, meeting_id, position, kind, title, planned_minutes, goal_id,
                trip_id, theme_id, lead_id, carried_from, worded_at, state)
         select $1, new.id, $2, $3, new.position, new.kind, new.title, new.minutes, new.goal_id, new.trip_id, new.theme_id,
                new.lead_id, new.carried_from, new.worded_at, 'planned'
         from unnest($4::uuid[], $5::int[], $6::text[], $7::text[], $8::int[], $9::uuid[], $10::uuid[], $11::uuid[],
                     $12::uuid[], $13::uuid[], $14::timestamptz[])
              as new (id, position, kind, title, minutes, goal_id, trip_id, theme_id, lead_id, carried_from, worded_at)
         on conflict (program_id, id) do nothing",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        meeting_id as MeetingId,
        &ids as &[AgendaItemId],
        &positions,
        &kinds,
        &titles,
        &minutes,
        &drafts.iter().map(|draft| draft.goal_id).collect::<Vec<_>>() as &[Option<GoalId>],
        &drafts.iter().map(|draft| draft.trip_id).collect::<Vec<_>>() as &[Option<FieldTripId>],
        &drafts.iter().map(|draft| draft.theme_id).collect::<Vec<_>>() as &[Option<ThemeId>],
        &drafts.iter().map(|draft| draft.lead_id).collect::<Vec<_>>() as &[Option<ParticipationId>],
        &drafts.iter().map(|draft| draft.carried_from).collect::<Vec<_>>() as &[Option<AgendaItemId>],
        &drafts.iter().map(|draft| draft.worded_at).collect::<Vec<_>>()
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == drafts.len() as u64)
}

/// Changes one item, wherever it stands by now. Its words are new only where they are other words.
pub async fn change_item(
    db: &mut PgConnection,
    of: GroupKey,
    meeting_id: MeetingId,
    (id, to): (AgendaItemId, &Draft),
) -> Result<()> {
    sqlx::query!(
        "update agenda_items set kind = $5, title = $6, planned_minutes = $7, goal_id = $8, trip_id = $9, theme_id = $10,
                lead_id = $11, worded_at = case when title = $6 then worded_at else $12 end
         where program_id = $1 and group_id = $2 and meeting_id = $3 and id = $4",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        meeting_id as MeetingId,
        id as AgendaItemId,
        to.kind as ItemKind,
        to.title,
        to.minutes,
        to.goal_id as Option<GoalId>,
        to.trip_id as Option<FieldTripId>,
        to.theme_id as Option<ThemeId>,
        to.lead_id as Option<ParticipationId>,
        to.worded_at
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Sets planned minutes, where room was made.
pub async fn set_planned_minutes(
    db: &mut PgConnection,
    of: GroupKey,
    ids: &[AgendaItemId],
    minutes: &[i32],
) -> Result<()> {
    sqlx::query!(
        "update agenda_items i set planned_minutes = new.minutes
         from unnest($3::uuid[], $4::int[]) as new (id, minutes)
         where i.program_id = $1 and i.group_id = $2 and i.id = new.id",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        ids as &[AgendaItemId],
        minutes
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Lets two items change places.
pub async fn swap_items(
    db: &mut PgConnection,
    of: GroupKey,
    meeting_id: MeetingId,
    (one, other): (AgendaItemId, AgendaItemId),
) -> Result<()> {
    sqlx::query!(
        "update agenda_items i set position = o.position
         from agenda_items o
         where i.program_id = $1 and i.group_id = $2 and i.meeting_id = $3 and i.id in ($4, $5)
           and o.program_id = $1 and o.group_id = $2 and o.meeting_id = $3 and o.id in ($4, $5) and o.id <> i.id",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        meeting_id as MeetingId,
        one as AgendaItemId,
        other as AgendaItemId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes one item off; what was carried here is parked where it came from, so that it does not come back.
pub async fn remove_item(db: &mut PgConnection, of: GroupKey, meeting_id: MeetingId, id: AgendaItemId) -> Result<()> {
    sqlx::query!(
        "with gone as (delete from agenda_items
                       where program_id = $1 and group_id = $2 and meeting_id = $3 and id = $4 returning carried_from)
         update agenda_items i set state = 'parked' from gone
         where i.program_id = $1 and i.group_id = $2 and i.id = gone.carried_from and i.state = 'carried'",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        meeting_id as MeetingId,
        id as AgendaItemId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes every item off but those that were carried here.
pub async fn remove_own_items(db: &mut PgConnection, of: GroupKey, meeting_id: MeetingId) -> Result<()> {
    sqlx::query!(
        "delete from agenda_items
         where program_id = $1 and group_id = $2 and meeting_id = $3 and carried_from is null",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        meeting_id as MeetingId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Writes what became of items; `Planned` for all of them when `outcomes` is empty.
pub async fn set_outcomes(
    db: &mut PgConnection,
    of: GroupKey,
    meeting_id: MeetingId,
    outcomes: &[(AgendaItemId, Outcome)],
) -> Result<()> {
    let ids: Vec<_> = outcomes.iter().map(|(id, _)| *id).collect();
    let states: Vec<String> = outcomes.iter().map(|(_, outcome)| outcome.state().as_str().to_owned()).collect();
    let minutes: Vec<_> = outcomes.iter().map(|(_, outcome)| outcome.minutes()).collect();
    sqlx::query!(
        "update agenda_items i set state = coalesce(new.state, 'planned'), actual_minutes = new.minutes
         from agenda_items same
         left join unnest($4::uuid[], $5::text[], $6::int[]) as new (id, state, minutes) on new.id = same.id
         where i.program_id = $1 and i.group_id = $2 and i.meeting_id = $3
           and same.program_id = $1 and same.group_id = $2 and same.id = i.id",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        meeting_id as MeetingId,
        &ids as &[AgendaItemId],
        &states,
        &minutes as &[Option<i32>]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What was put off and stands in no later meeting yet, oldest first.
pub async fn waiting_items(db: &mut PgConnection, of: GroupKey) -> Result<Vec<Draft>> {
    Ok(sqlx::query_as!(
        Draft,
        r#"select i.kind as "kind: ItemKind", i.title, i.planned_minutes as minutes, i.goal_id as "goal_id: GoalId",
                  i.trip_id as "trip_id: FieldTripId", i.theme_id as "theme_id: ThemeId",
                  i.lead_id as "lead_id: ParticipationId", i.id as "carried_from?: AgendaItemId", i.worded_at
           from agenda_items i
           join meetings m on m.program_id = $1 and m.id = i.meeting_id
           where i.program_id = $1 and i.group_id = $2 and i.state = 'carried' and m.state = 'held'
             and not exists (select from agenda_items c where c.program_id = $1 and c.carried_from = i.id)
           order by m.starts_at, i.position, i.id"#,
        of.program_id as ProgramId,
        of.group_id as GroupId
    )
    .fetch_all(db)
    .await?)
}

/// After a log changed: takes back what is no longer put off from a meeting to one that is still to come.
pub async fn drop_stale_copies(
    db: &mut PgConnection,
    of: GroupKey,
    meeting_id: MeetingId,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "delete from agenda_items c using agenda_items i, meetings m
         where c.program_id = $1 and c.group_id = $2 and i.program_id = $1 and i.group_id = $2 and i.meeting_id = $3
           and i.state <> 'carried' and c.carried_from = i.id and m.program_id = $1 and m.id = c.meeting_id
           and m.state = 'scheduled' and m.starts_at > $4",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        meeting_id as MeetingId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A meeting that does not take place gives back what was carried into it.
pub async fn carry_again(db: &mut PgConnection, of: GroupKey, meeting_id: MeetingId) -> Result<()> {
    sqlx::query!(
        "update agenda_items set carried_from = null
         where program_id = $1 and group_id = $2 and meeting_id = $3 and carried_from is not null",
        of.program_id as ProgramId,
        of.group_id as GroupId,
        meeting_id as MeetingId
    )
    .execute(db)
    .await?;
    Ok(())
}
