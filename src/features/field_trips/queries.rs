//! Every statement that writes `field_trips`, `trip_goers` and `trip_elements`.
mod steps;

pub(crate) use steps::{WrittenUp, cancel_all, write_up};
pub(super) use steps::{cancel, complete, confirm, consent, debrief, pre_met, put_off, set_date, unconfirm};

use super::model::{Reach, Told, Trip, TripKind, TripState, plan::Plan};
use crate::base::{
    error::Result,
    ids::{ElementId, FieldTripId, GoalId, GroupId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// Where a trip is to be found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub(super) program: ProgramId,
    pub(super) group: GroupId,
    pub(super) id: FieldTripId,
}

/// Who plans, and whether their plan is their consent too.
#[derive(Debug, Clone, Copy)]
pub(super) struct Planner {
    pub(super) id: ParticipationId,
    pub(super) consented_at: Option<OffsetDateTime>,
    pub(super) now: OffsetDateTime,
}

/// Adds a planned trip; `false` when its id is there already.
pub(super) async fn insert(db: &mut PgConnection, key: Key, plan: &Plan, by: Planner) -> Result<bool> {
    let pair = plan.pair.as_ref();
    let done = sqlx::query!(
        "insert into field_trips (program_id, id, group_id, kind, by_video, away, purpose, goal_id, on_date, starts_time,
                place, host_institution, host_person, host_email, questions, cost_cents, observer_id, observed_id,
                consented_at, state, created_by, created_at, worded_at, work_time)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 'planned', $20, $21, $21, $22)
         on conflict (program_id, id) do nothing",
        key.program as ProgramId,
        key.id as FieldTripId,
        key.group as GroupId,
        plan.kind as TripKind,
        plan.reach == Reach::Video,
        plan.reach == Reach::Away,
        plan.purpose,
        plan.goal_id as Option<GoalId>,
        plan.on_date,
        plan.starts_time,
        plan.place,
        plan.host_institution,
        plan.host_person,
        plan.host_email,
        plan.questions,
        plan.cost_cents,
        pair.map(|pair| pair.observer) as Option<ParticipationId>,
        pair.map(|pair| pair.observed) as Option<ParticipationId>,
        by.consented_at,
        by.id as ParticipationId,
        by.now,
        plan.work_time
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    insert_people_and_focus(db, key, plan).await?;
    Ok(true)
}

/// Writes a changed plan over one that is still planned. The kind and the observed person stay; its
/// words are said anew, to all who belong to the group by now.
pub(super) async fn update(db: &mut PgConnection, key: Key, plan: &Plan, by: Planner) -> Result<bool> {
    let done = sqlx::query!(
        "update field_trips set by_video = $4, away = $5, purpose = $6, goal_id = $7, on_date = $8, starts_time = $9,
                place = $10, host_institution = $11, host_person = $12, host_email = $13, questions = $14,
                cost_cents = $15, observer_id = $16, consented_at = $17, worded_at = $18, work_time = $19,
                pre_met_on = case when pre_met_on <= $8 then pre_met_on end
         where program_id = $1 and group_id = $2 and id = $3 and state = 'planned'",
        key.program as ProgramId,
        key.group as GroupId,
        key.id as FieldTripId,
        plan.reach == Reach::Video,
        plan.reach == Reach::Away,
        plan.purpose,
        plan.goal_id as Option<GoalId>,
        plan.on_date,
        plan.starts_time,
        plan.place,
        plan.host_institution,
        plan.host_person,
        plan.host_email,
        plan.questions,
        plan.cost_cents,
        plan.pair.as_ref().map(|pair| pair.observer) as Option<ParticipationId>,
        by.consented_at,
        by.now,
        plan.work_time
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query!(
        "delete from trip_goers where program_id = $1 and trip_id = $2",
        key.program as ProgramId,
        key.id as FieldTripId
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "delete from trip_elements where program_id = $1 and trip_id = $2",
        key.program as ProgramId,
        key.id as FieldTripId
    )
    .execute(&mut *db)
    .await?;
    insert_people_and_focus(db, key, plan).await?;
    Ok(true)
}

async fn insert_people_and_focus(db: &mut PgConnection, key: Key, plan: &Plan) -> Result<()> {
    sqlx::query!(
        "insert into trip_goers (program_id, trip_id, participation_id) select $1, $2, unnest($3::uuid[])",
        key.program as ProgramId,
        key.id as FieldTripId,
        &plan.goers as &[ParticipationId]
    )
    .execute(&mut *db)
    .await?;
    if let Some(pair) = &plan.pair {
        sqlx::query!(
            "insert into trip_elements (program_id, trip_id, element_id) select $1, $2, unnest($3::uuid[])",
            key.program as ProgramId,
            key.id as FieldTripId,
            &pair.focus as &[ElementId]
        )
        .execute(db)
        .await?;
    }
    Ok(())
}

/// A trip of the group, if there is one with this id.
pub(super) async fn find(db: &mut PgConnection, key: Key) -> Result<Option<Trip>> {
    Ok(sqlx::query_as!(
        Trip,
        r#"select f.id as "id: FieldTripId", f.kind as "kind: TripKind", f.state as "state: TripState", f.by_video, f.away,
                  f.purpose, f.goal_id as "goal_id: GoalId", g.title as "goal_title?", g.owner_id as "goal_owner_id?: ParticipationId",
                  (g.worded_at at time zone z.time_zone)::date as goal_worded_on, f.on_date, f.starts_time, f.place,
                  f.host_institution, f.host_person, f.host_email, f.questions, f.cost_cents, f.work_time,
                  f.observer_id as "observer_id: ParticipationId", o.name as "observer_name?",
                  f.observed_id as "observed_id: ParticipationId", d.name as "observed_name?",
                  f.consented_at, f.pre_met_on, f.told as "told: Told", f.debriefed_on, f.confirmed_on, f.completed_on, f.reported_on,
                  f.learned, f.to_try,
                  exists (select from return_visits v where v.program_id = $1 and v.return_trip_id = f.id) as "is_return!",
                  f.worded_at, (f.worded_at at time zone z.time_zone)::date as "worded_on!", false as "was_before_me!",
                  false as "report_was_before_me!"
           from field_trips f
           join programs z on z.id = f.program_id
           left join goals g on g.program_id = f.program_id and g.id = f.goal_id
           left join participations ot on ot.program_id = f.program_id and ot.id = f.observer_id
           left join people o on o.id = ot.person_id
           left join participations dt on dt.program_id = f.program_id and dt.id = f.observed_id
           left join people d on d.id = dt.person_id
           where f.program_id = $1 and f.group_id = $2 and f.id = $3"#,
        key.program as ProgramId,
        key.group as GroupId,
        key.id as FieldTripId
    )
    .fetch_optional(db)
    .await?)
}

/// Takes the trip for this transaction; its state, if there is such a trip in the group.
pub(super) async fn lock(db: &mut PgConnection, key: Key) -> Result<Option<TripState>> {
    Ok(sqlx::query_scalar!(
        r#"select state as "state: TripState" from field_trips
           where program_id = $1 and group_id = $2 and id = $3 for update"#,
        key.program as ProgramId,
        key.group as GroupId,
        key.id as FieldTripId
    )
    .fetch_optional(db)
    .await?)
}

/// Whether somebody noted something at an observation already.
pub(super) async fn has_notes(db: &mut PgConnection, key: Key) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select 1 from observation_notes where program_id = $1 and trip_id = $2) as "has!""#,
        key.program as ProgramId,
        key.id as FieldTripId
    )
    .fetch_one(db)
    .await?)
}

/// Someone who goes.
#[derive(Debug, Clone)]
pub(super) struct Goer {
    pub(super) id: ParticipationId,
    pub(super) name: String,
}

/// Who goes, by name.
pub(super) async fn goers(db: &mut PgConnection, key: Key) -> Result<Vec<Goer>> {
    Ok(sqlx::query_as!(
        Goer,
        r#"select t.id as "id: ParticipationId", p.name
           from trip_goers w
           join field_trips f on f.program_id = w.program_id and f.id = w.trip_id
           join participations t on t.program_id = w.program_id and t.id = w.participation_id
           join people p on p.id = t.person_id
           where w.program_id = $1 and w.trip_id = $2
             -- Who left the group goes on none of its trips to come; on those that took place they were.
             and (f.state in ('completed', 'reported')
                  or exists (select from memberships m
                             where m.program_id = $1 and m.group_id = f.group_id and m.participation_id = t.id
                               and m.left_on is null))
           order by p.name, t.id"#,
        key.program as ProgramId,
        key.id as FieldTripId
    )
    .fetch_all(db)
    .await?)
}

/// What an observation is about.
#[derive(Debug, Clone)]
pub(super) struct Focus {
    pub(super) id: ElementId,
    pub(super) title: String,
    pub(super) about_id: ParticipationId,
    /// In the program's zone.
    pub(super) worded_on: Date,
}

/// The elements an observation is about, in the order they were proposed.
pub(super) async fn focus(db: &mut PgConnection, key: Key) -> Result<Vec<Focus>> {
    Ok(sqlx::query_as!(
        Focus,
        r#"select e.id as "id: ElementId", e.title, e.about_id as "about_id: ParticipationId",
                  (coalesce(e.shown_at, e.proposed_at) at time zone z.time_zone)::date as "worded_on!"
           from trip_elements te
           join programs z on z.id = te.program_id
           join elements e on e.program_id = te.program_id and e.id = te.element_id
           where te.program_id = $1 and te.trip_id = $2
           order by e.proposed_at, e.id"#,
        key.program as ProgramId,
        key.id as FieldTripId
    )
    .fetch_all(db)
    .await?)
}
