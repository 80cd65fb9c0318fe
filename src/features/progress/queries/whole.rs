//! All groups of whole programs: the same facts as those of single groups, gathered table by table and then put
//! together, where asking for each group by itself would take a hundred looks into each table.
use super::groups::{Belonging, GroupRow, MeetingRow};
use crate::base::{
    error::Result,
    ids::{GroupId, ProgramId},
};
use crate::features::progress::model::{ActionFacts, Given, GoalFacts, GroupFacts, TripFacts};
use sqlx::PgConnection;

/// Groups of programs that are not closed, by name: one statement for all of it.
#[expect(clippy::too_many_lines, reason = "one statement is read in one place")]
pub(super) async fn groups_of(db: &mut PgConnection, programs: &[ProgramId]) -> Result<Vec<GroupFacts>> {
    // Each `row(…)` is in the order of the fields of its struct, as in `groups`.
    let rows = sqlx::query_as!(
        GroupRow,
        r#"with backed as (
               select r.program_id, r.participation_id,
                      array_agg(row(r.valid_from,
                                    case r.state when 'approved' then r.valid_until
                                                 else least(r.valid_until, r.revoked_from - 1) end)) as yeses
               from approval_requests r
               where r.program_id = any($1) and r.purpose in ('join', 'reconfirm') and r.state in ('approved', 'revoked')
               group by r.program_id, r.participation_id
           ), belonging as (
               select m.program_id, m.group_id,
                      array_agg(row(m.participation_id, m.joined_on, m.left_on, p.name, p.email, t.state,
                                    t.paused_until, t.paused_from, coalesce(y.yeses, array[]::record[]))
                                order by p.name, m.id) as all_of
               from memberships m
               join participations t on t.program_id = m.program_id and t.id = m.participation_id
               join people p on p.id = t.person_id
               left join backed y on y.program_id = m.program_id and y.participation_id = m.participation_id
               where m.program_id = any($1)
               group by m.program_id, m.group_id
           ), came as (
               select a.program_id, a.meeting_id, count(*)::int as present
               from attendances a where a.program_id = any($1)
               group by a.program_id, a.meeting_id
           ), kinds as (
               select i.program_id, i.meeting_id, i.kind,
                      coalesce(sum(i.planned_minutes) filter (where i.carried_from is null), 0)::int as planned,
                      coalesce(sum(i.actual_minutes) filter (where i.state = 'done'), 0)::int as actual,
                      coalesce(sum(i.actual_minutes) filter (where i.state = 'done' and i.goal_id is not null), 0)::int
                          as with_goal
               from agenda_items i where i.program_id = any($1)
               group by i.program_id, i.meeting_id, i.kind
           ), agendas as (
               select k.program_id, k.meeting_id,
                      array_agg(row(k.kind, k.planned, k.actual, k.with_goal) order by k.kind) as all_of
               from kinds k group by k.program_id, k.meeting_id
           ), met as (
               select m.program_id, m.group_id,
                      array_agg(row(m.id, m.starts_at, m.ends_at, m.state, m.logged_at, coalesce(m.actual_minutes, 0),
                                    coalesce(c.present, 0), coalesce(k.all_of, array[]::record[]))
                                order by m.starts_at, m.id) as all_of
               from meetings m
               left join came c on c.program_id = m.program_id and c.meeting_id = m.id
               left join agendas k on k.program_id = m.program_id and k.meeting_id = m.id
               where m.program_id = any($1)
               group by m.program_id, m.group_id
           ), acted as (
               select a.program_id, a.group_id, array_agg(row(a.due_on, a.closed_on) order by a.due_on, a.id) as all_of
               from actions a where a.program_id = any($1) and a.state <> 'dropped'
               group by a.program_id, a.group_id
           ), trips as (
               select f.program_id, f.group_id,
                      array_agg(row(f.id, f.kind, f.on_date, f.state, f.confirmed_on is not null, f.cost_cents,
                                    h.trip_id is not null, r.trip_id is not null,
                                    (greatest(f.created_at, h.asked_at) at time zone o.time_zone)::date)
                                order by f.on_date, f.id) as all_of
               from field_trips f
               join programs o on o.id = f.program_id and o.id = any($1)
               left join trip_hosts h on h.program_id = f.program_id and h.trip_id = f.id and h.answered_at is null
               left join (select distinct q.program_id, q.trip_id, q.valid_from
                          from approval_requests q
                          where q.program_id = any($1) and q.trip_id is not null and q.state in ('pending', 'expired')
                            and not exists (select from approval_requests n
                                            where n.program_id = q.program_id and n.trip_id = q.trip_id
                                              and n.participation_id = q.participation_id
                                              and (n.asked_at, n.id) > (q.asked_at, q.id)
                                              and n.state <> 'pending')) r
                    on r.program_id = f.program_id and r.trip_id = f.id and r.valid_from = f.on_date
               where f.program_id = any($1)
               group by f.program_id, f.group_id
           ), agreed as (
               select e.program_id, e.goal_id, count(*)::int as elements
               from elements e where e.program_id = any($1) and e.state = 'agreed'
               group by e.program_id, e.goal_id
           ), aims as (
               select w.program_id, w.group_id,
                      array_agg(row(w.owner_id, w.agreed_on, coalesce(e.elements, 0)) order by w.agreed_on, w.id) as all_of
               from goals w
               left join agreed e on e.program_id = w.program_id and e.goal_id = w.id
               where w.program_id = any($1) and w.agreed_on is not null and w.state not in ('draft', 'dropped')
               group by w.program_id, w.group_id
           ), pairs as (
               select f.program_id, f.group_id, f.giver_id, f.receiver_id, count(*)::int as times,
                      max(f.happened_on) as last_on,
                      (greatest(f.created_at, case when f.mode = 'spoken' then f.opened_at else f.shared_at end) at time zone o.time_zone)::date as known_on
               from feedback f
               join programs o on o.id = f.program_id and o.id = any($1)
               where f.program_id = any($1) and f.is_live
               group by f.program_id, f.group_id, f.giver_id, f.receiver_id, known_on
           ), gave as (
               select k.program_id, k.group_id,
                      array_agg(row(k.giver_id, k.receiver_id, k.times, k.last_on, k.known_on)
                                order by k.giver_id, k.receiver_id) as all_of
               from pairs k group by k.program_id, k.group_id
           ), adopted as (
               select v.program_id, v.group_id, min(v.adopted_on) as since
               from agreement_versions v where v.program_id = any($1)
               group by v.program_id, v.group_id
           )
           select g.program_id as "program_id: ProgramId", g.id as "group_id: GroupId", g.name as group_name,
                  o.approval_required, (o.launched_on is not null) as "launched!", o.time_zone,
                  o.starts_on, o.ends_on, o.group_min, g.kept_small_on, g.kept_small_with, v.since as "agreement_since?",
                  coalesce(b.all_of, array[]::record[]) as "belonging!: Vec<Belonging>",
                  coalesce(m.all_of, array[]::record[]) as "meetings!: Vec<MeetingRow>",
                  coalesce(a.all_of, array[]::record[]) as "actions!: Vec<ActionFacts>",
                  coalesce(t.all_of, array[]::record[]) as "trips!: Vec<TripFacts>",
                  coalesce(w.all_of, array[]::record[]) as "goals!: Vec<GoalFacts>",
                  coalesce(f.all_of, array[]::record[]) as "feedback!: Vec<Given>"
           from groups g
           join programs o on o.id = g.program_id and o.id = any($1)
           left join adopted v on v.program_id = g.program_id and v.group_id = g.id
           left join belonging b on b.program_id = g.program_id and b.group_id = g.id
           left join met m on m.program_id = g.program_id and m.group_id = g.id
           left join acted a on a.program_id = g.program_id and a.group_id = g.id
           left join trips t on t.program_id = g.program_id and t.group_id = g.id
           left join aims w on w.program_id = g.program_id and w.group_id = g.id
           left join gave f on f.program_id = g.program_id and f.group_id = g.id
           where g.program_id = any($1) and g.closed_on is null
           order by g.program_id, g.name, g.id"#,
        programs as &[ProgramId]
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(GroupRow::into_facts).collect())
}
