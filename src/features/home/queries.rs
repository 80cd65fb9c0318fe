//! Reads for one person, over all programs they are in. Each function is one statement.
mod programs;

pub(super) use programs::mine;

use super::model::{Action, Backing, Draft, Goal, Meeting, Poll, Product, Proposed, Received, Reworded, Role, Trip};
use crate::base::{
    error::Result,
    ids::{FeedbackId, FieldTripId, GoalId, GroupId, MeetingId, ParticipationId, ProgramId, TimePollId},
};
use crate::features::{
    approvals::RequestState,
    field_trips::{TripKind, TripState},
    goals::GoalState,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Where to look: the person's participations and the groups they may open now.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) programs: Vec<ProgramId>,
    pub(super) parts: Vec<ParticipationId>,
    pub(super) groups: Vec<GroupId>,
}

/// One row per participation that asked a supervisor.
pub(super) async fn backing(db: &mut PgConnection, at: &Places) -> Result<Vec<Backing>> {
    Ok(sqlx::query_as!(
        Backing,
        r#"select distinct on (r.program_id, r.participation_id)
                  r.participation_id as "participation_id: ParticipationId", r.supervisor_name,
                  r.state as "state: RequestState", r.asked_at, r.agreed_hours_month as hours_month,
                  r.agreed_work_time as work_time, r.agreed_trip_days as trip_days
           from approval_requests r
           where r.program_id = any($1) and r.participation_id = any($2) and r.purpose in ('join', 'reconfirm')
           order by r.program_id, r.participation_id, r.state = 'approved' desc, r.asked_at desc, r.id desc"#,
        &at.programs as &[ProgramId],
        &at.parts as &[ParticipationId]
    )
    .fetch_all(db)
    .await?)
}

/// Shared with the person and not answered, or logged by the other and not confirmed; oldest first.
pub(super) async fn received(db: &mut PgConnection, at: &Places) -> Result<Vec<Received>> {
    Ok(sqlx::query_as!(
        Received,
        r#"select f.id as "id: FeedbackId", f.program_id as "program_id: ProgramId", f.group_id as "group_id: GroupId",
                  p.name as other, f.happened_on as "happened_on!", (f.opened_at is not null) as "is_opened!",
                  (f.state = 'logged') as "to_confirm!",
                  array(select e.title from feedback_texts x
                        join elements e on e.program_id = x.program_id and e.id = x.element_id
                        where x.program_id = f.program_id and x.feedback_id = f.id
                        order by e.title, e.id) as "about!"
           from feedback f
           join participations t on t.program_id = f.program_id
                and t.id = case when f.giver_id = any($3) then f.receiver_id else f.giver_id end
           join people p on p.id = t.person_id
           where f.program_id = any($1) and f.group_id = any($2)
             and ((f.state = 'shared' and f.receiver_id = any($3) and f.is_live
                   and not exists (select from feedback_sides s
                                   where s.program_id = f.program_id and s.feedback_id = f.id and s.side = 'receiver'
                                     and s.hidden_at is not null))
                  or (f.state = 'logged' and (f.giver_id = any($3) or f.receiver_id = any($3))
                      and f.logged_by_id <> all($3)))
           order by f.shared_at, f.id"#,
        &at.programs as &[ProgramId],
        &at.groups as &[GroupId],
        &at.parts as &[ParticipationId]
    )
    .fetch_all(db)
    .await?)
}

/// Begun by the person and not shared, newest first.
pub(super) async fn drafts(db: &mut PgConnection, at: &Places) -> Result<Vec<Draft>> {
    Ok(sqlx::query_as!(
        Draft,
        r#"select f.id as "id: FeedbackId", f.program_id as "program_id: ProgramId", f.group_id as "group_id: GroupId",
                  p.name as receiver
           from feedback f
           join participations t on t.program_id = f.program_id and t.id = f.receiver_id
           join people p on p.id = t.person_id
           where f.program_id = any($1) and f.group_id = any($2) and f.giver_id = any($3) and f.state = 'draft'
           order by f.created_at desc, f.id desc"#,
        &at.programs as &[ProgramId],
        &at.groups as &[GroupId],
        &at.parts as &[ParticipationId]
    )
    .fetch_all(db)
    .await?)
}

/// The person's own goals and their group's, as far as they are open and were worded since they came.
pub(super) async fn goals(db: &mut PgConnection, at: &Places) -> Result<Vec<Goal>> {
    Ok(sqlx::query_as!(
        Goal,
        r#"select o.id as "id: GoalId", o.program_id as "program_id: ProgramId", o.group_id as "group_id: GroupId",
                  (o.owner_id is not null) as "is_own!", o.title, o.statement, o.target_on, o.state as "state: GoalState",
                  exists (select from goal_agreements a
                          where a.program_id = o.program_id and a.goal_id = o.id and a.participation_id = any($3))
                      as "agreed_by_me!",
                  array(select e.title from elements e
                        where e.program_id = o.program_id and e.goal_id = o.id and e.about_id = any($3)
                          and e.state = 'agreed'
                        order by e.proposed_at, e.id) as "elements!"
           from goals o
           where o.program_id = any($1) and o.group_id = any($2) and o.state in ('draft', 'agreed')
             and (o.owner_id = any($3)
                  or (o.owner_id is null and exists (
                      select from memberships m join programs z on z.id = m.program_id
                      where m.program_id = o.program_id and m.group_id = o.group_id and m.participation_id = any($3)
                        and m.left_on is null
                        and m.joined_on <= (o.worded_at at time zone z.time_zone)::date)))
           order by o.created_at, o.id"#,
        &at.programs as &[ProgramId],
        &at.groups as &[GroupId],
        &at.parts as &[ParticipationId]
    )
    .fetch_all(db)
    .await?)
}

/// Other words for goals of the person's groups, proposed since they came, that wait for their yes; oldest first.
pub(super) async fn reworded(db: &mut PgConnection, at: &Places) -> Result<Vec<Reworded>> {
    Ok(sqlx::query_as!(
        Reworded,
        r#"select v.goal_id as "goal_id: GoalId", v.group_id as "group_id: GroupId", v.title, p.name as by
           from goal_versions v
           join goals o on o.program_id = v.program_id and o.id = v.goal_id and o.state = 'agreed'
           join programs z on z.id = v.program_id
           join memberships m on m.program_id = v.program_id and m.group_id = v.group_id
                and m.participation_id = any($3) and m.left_on is null
                and m.joined_on <= (v.worded_at at time zone z.time_zone)::date
           join participations t on t.program_id = v.program_id and t.id = v.proposed_by
           join people p on p.id = t.person_id
           where v.program_id = any($1) and v.group_id = any($2) and v.replaced_on is null
             and not exists (select from goal_version_answers a
                             where a.program_id = v.program_id and a.version_id = v.id
                               and a.participation_id = m.participation_id)
           order by v.worded_at, v.id"#,
        &at.programs as &[ProgramId],
        &at.groups as &[GroupId],
        &at.parts as &[ParticipationId]
    )
    .fetch_all(db)
    .await?)
}

/// What the person said they would do, or all of their group since they came, by its day.
pub(super) async fn actions(db: &mut PgConnection, at: &Places) -> Result<Vec<Action>> {
    Ok(sqlx::query_as!(
        Action,
        r#"select a.group_id as "group_id: GroupId", a.words, a.due_on
           from actions a
           join programs z on z.id = a.program_id
           join memberships m on m.program_id = a.program_id and m.group_id = a.group_id
                and m.participation_id = any($3) and m.left_on is null
           where a.program_id = any($1) and a.group_id = any($2) and a.state = 'open'
             and (a.owner_id = m.participation_id
                  or (a.owner_id is null and m.joined_on <= (a.written_at at time zone z.time_zone)::date))
           order by a.due_on, a.id"#,
        &at.programs as &[ProgramId],
        &at.groups as &[GroupId],
        &at.parts as &[ParticipationId]
    )
    .fetch_all(db)
    .await?)
}

/// Elements about the person that wait for their yes, oldest first.
pub(super) async fn proposed(db: &mut PgConnection, at: &Places) -> Result<Vec<Proposed>> {
    Ok(sqlx::query_as!(
        Proposed,
        r#"select e.goal_id as "goal_id: GoalId", e.program_id as "program_id: ProgramId",
                  e.group_id as "group_id: GroupId", e.title, p.name as by
           from elements e
           join participations t on t.program_id = e.program_id and t.id = e.proposed_by
           join people p on p.id = t.person_id
           where e.program_id = any($1) and e.group_id = any($2) and e.about_id = any($3) and e.state = 'proposed'
           order by e.proposed_at, e.id"#,
        &at.programs as &[ProgramId],
        &at.groups as &[GroupId],
        &at.parts as &[ParticipationId]
    )
    .fetch_all(db)
    .await?)
}

/// Scheduled meetings of the person's groups, by time; those that are over wait for their log.
pub(super) async fn meetings(db: &mut PgConnection, at: &Places, now: OffsetDateTime) -> Result<Vec<Meeting>> {
    Ok(sqlx::query_as!(
        Meeting,
        r#"select m.id as "id: MeetingId", m.program_id as "program_id: ProgramId", m.group_id as "group_id: GroupId",
                  m.starts_local, (m.ends_at <= $4) as "is_over!",
                  (extract(epoch from m.ends_at - m.starts_at) / 60)::int as "minutes!",
                  (select coalesce(sum(i.planned_minutes), 0) from agenda_items i
                   where i.program_id = m.program_id and i.meeting_id = m.id)::int as "planned!",
                  case when m.facilitator_id = any($3) then 'facilitator' when m.timekeeper_id = any($3) then 'timekeeper'
                       when m.note_taker_id = any($3) then 'note_taker' end as "role?: Role"
           from meetings m
           where m.program_id = any($1) and m.group_id = any($2) and m.state = 'scheduled'
           order by m.starts_at, m.id"#,
        &at.programs as &[ProgramId],
        &at.groups as &[GroupId],
        &at.parts as &[ParticipationId],
        now
    )
    .fetch_all(db)
    .await?)
}

/// Open questions when the person's groups can meet, as far as one of the times is still to come.
pub(super) async fn polls(db: &mut PgConnection, at: &Places, now: OffsetDateTime) -> Result<Vec<Poll>> {
    Ok(sqlx::query_as!(
        Poll,
        r#"select x.id as "id: TimePollId", x.group_id as "group_id: GroupId",
                  exists (select from time_poll_answers a
                          where a.program_id = x.program_id and a.poll_id = x.id
                            and a.participation_id = any($3)) as "answered!",
                  exists (select from memberships m
                          join participations t on t.program_id = m.program_id and t.id = m.participation_id
                               and t.state = 'joined'
                          where m.program_id = x.program_id and m.group_id = x.group_id and m.joined_on is not null
                            and m.left_on is null
                            and not exists (select from time_poll_answers a
                                            where a.program_id = x.program_id and a.poll_id = x.id
                                              and a.participation_id = m.participation_id)) as "waits!"
           from time_polls x
           where x.program_id = any($1) and x.group_id = any($2) and x.state = 'open'
             and exists (select from time_poll_slots s
                         where s.program_id = x.program_id and s.poll_id = x.id and s.starts_at > $4)
           order by x.started_at, x.id"#,
        &at.programs as &[ProgramId],
        &at.groups as &[GroupId],
        &at.parts as &[ParticipationId],
        now
    )
    .fetch_all(db)
    .await?)
}

/// Trips on which the person goes, observes or is observed, and that are not written up, or of which the program is to
/// read something once they agree.
pub(super) async fn trips(db: &mut PgConnection, at: &Places) -> Result<Vec<Trip>> {
    Ok(sqlx::query_as!(
        Trip,
        r#"select f.id as "id: FieldTripId", f.program_id as "program_id: ProgramId", f.group_id as "group_id: GroupId",
                  f.kind as "kind: TripKind", f.state as "state: TripState", f.on_date, f.purpose,
                  a.name as "observer?", b.name as "observed?",
                  coalesce(f.observer_id = any($3), false) as "i_observe!",
                  coalesce(f.observed_id = any($3), false) as "i_am_observed!",
                  (f.consented_at is not null) as "has_consent!", (f.pre_met_on is not null) as "has_pre_met!",
                  s.trip_id is not null as "asks_to_share!"
           from field_trips f
           left join shared_reports s on s.program_id = f.program_id and s.trip_id = f.id and s.shared_at is null
                and exists (select from trip_goers w where w.program_id = f.program_id and w.trip_id = f.id
                              and w.participation_id = any($3))
                and not exists (select from shared_report_yeses v where v.program_id = f.program_id and v.trip_id = f.id
                                  and v.participation_id = any($3))
           left join participations x on x.program_id = f.program_id and x.id = f.observer_id
           left join people a on a.id = x.person_id
           left join participations y on y.program_id = f.program_id and y.id = f.observed_id
           left join people b on b.id = y.person_id
           where f.program_id = any($1) and f.group_id = any($2) and (f.state in ('planned', 'confirmed', 'completed') or s.trip_id is not null)
             and (f.observer_id = any($3) or f.observed_id = any($3)
                  or exists (select from trip_goers w where w.program_id = f.program_id and w.trip_id = f.id
                               and w.participation_id = any($3)))
           order by f.on_date, f.id"#,
        &at.programs as &[ProgramId],
        &at.groups as &[GroupId],
        &at.parts as &[ParticipationId]
    )
    .fetch_all(db)
    .await?)
}

/// What the person made or means to make, by when it was named.
pub(super) async fn products(db: &mut PgConnection, at: &Places) -> Result<Vec<Product>> {
    Ok(sqlx::query_as!(
        Product,
        r#"select r.program_id as "program_id: ProgramId", r.group_id as "group_id: GroupId",
                  r.goal_id as "goal_id: GoalId", r.title
           from products r
           where r.program_id = any($1) and r.group_id = any($2) and r.owner_id = any($3)
           order by r.created_at, r.id"#,
        &at.programs as &[ProgramId],
        &at.groups as &[GroupId],
        &at.parts as &[ParticipationId]
    )
    .fetch_all(db)
    .await?)
}
