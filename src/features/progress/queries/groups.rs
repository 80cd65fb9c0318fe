//! Groups with their members, and everything that happened in them.
use super::{Which, whole};
use crate::access::ParticipationState;
use crate::base::{
    error::Result,
    ids::{GroupId, MeetingId, ParticipationId, ProgramId},
    local_time::day_in,
};
use crate::features::groups::KeptSmall;
use crate::features::progress::model::{
    ActionFacts, Given, GoalFacts, GroupFacts, KindMinutes, MeetingFacts, MeetingState, MemberFacts, Resting, TripFacts,
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// Groups that are not closed, by name, with what happened in them: one statement for all of it.
///
/// # Errors
/// When the database does not answer.
#[expect(clippy::too_many_lines, reason = "one statement is read in one place")]
pub async fn groups(db: &mut PgConnection, which: Which<'_>) -> Result<Vec<GroupFacts>> {
    let Some(groups) = which.groups else { return whole::groups_of(db, which.programs).await };
    // What happened in a group comes as arrays of records, read by their place: the order of the columns in
    // each `row(…)` is the order of the fields of its struct.
    let rows = sqlx::query_as!(
        GroupRow,
        r#"select g.program_id as "program_id: ProgramId", g.id as "group_id: GroupId", g.name as group_name,
                  o.approval_required, (o.launched_on is not null) as "launched!", o.time_zone, o.starts_on,
                  o.ends_on,
                  o.group_min, g.kept_small_on, g.kept_small_with,
                  (select min(v.adopted_on) from agreement_versions v
                   where v.program_id = g.program_id and v.group_id = g.id) as agreement_since,
                  array(select row(m.participation_id, m.joined_on, m.left_on, p.name, p.email, t.state, t.paused_until,
                                   t.paused_from,
                                   array(select row(r.valid_from,
                                                    case r.state when 'approved' then r.valid_until
                                                                 else least(r.valid_until, r.revoked_from - 1) end)
                                         from approval_requests r
                                         where r.program_id = m.program_id and r.participation_id = m.participation_id
                                           and r.purpose in ('join', 'reconfirm') and r.state in ('approved', 'revoked')))
                        from memberships m
                        join participations t on t.program_id = m.program_id and t.id = m.participation_id
                        join people p on p.id = t.person_id
                        where m.program_id = g.program_id and m.group_id = g.id
                        order by p.name, m.id) as "belonging!: Vec<Belonging>",
                  array(select row(m.id, m.starts_at, m.ends_at, m.state, m.logged_at, coalesce(m.actual_minutes, 0),
                                   (select count(*) from attendances a
                                    where a.program_id = m.program_id and a.meeting_id = m.id)::int,
                                   array(select row(i.kind,
                                                    coalesce(sum(i.planned_minutes) filter (where i.carried_from is null), 0)::int,
                                                    coalesce(sum(i.actual_minutes) filter (where i.state = 'done'), 0)::int,
                                                    coalesce(sum(i.actual_minutes) filter
                                                        (where i.state = 'done' and i.goal_id is not null), 0)::int)
                                         from agenda_items i
                                         where i.program_id = m.program_id and i.meeting_id = m.id
                                         group by i.kind order by i.kind))
                        from meetings m
                        where m.program_id = g.program_id and m.group_id = g.id
                        order by m.starts_at, m.id) as "meetings!: Vec<MeetingRow>",
                  array(select row(a.due_on, a.closed_on)
                        from actions a
                        where a.program_id = g.program_id and a.group_id = g.id and a.state <> 'dropped'
                        order by a.due_on, a.id) as "actions!: Vec<ActionFacts>",
                  array(select row(f.id, f.kind, f.on_date, f.state, f.confirmed_on is not null, f.cost_cents,
                                   h.trip_id is not null,
                                   exists (select from approval_requests r
                                           where r.program_id = f.program_id and r.trip_id = f.id
                                             and r.state in ('pending', 'expired') and r.valid_from = f.on_date
                                             and not exists (select from approval_requests n
                                                             where n.program_id = r.program_id and n.trip_id = r.trip_id
                                                               and n.participation_id = r.participation_id
                                                               and (n.asked_at, n.id) > (r.asked_at, r.id)
                                                               and n.state <> 'pending')),
                                   (greatest(f.created_at, h.asked_at) at time zone o.time_zone)::date)
                        from field_trips f
                        left join trip_hosts h on h.program_id = f.program_id and h.trip_id = f.id and h.answered_at is null
                        where f.program_id = g.program_id and f.group_id = g.id
                        order by f.on_date, f.id) as "trips!: Vec<TripFacts>",
                  array(select row(w.owner_id, w.agreed_on,
                                   (select count(*) from elements e
                                    where e.program_id = w.program_id and e.goal_id = w.id and e.state = 'agreed')::int)
                        from goals w
                        where w.program_id = g.program_id and w.group_id = g.id
                          and w.agreed_on is not null and w.state not in ('draft', 'dropped')
                        order by w.agreed_on, w.id) as "goals!: Vec<GoalFacts>",
                  array(select row(f.giver_id, f.receiver_id, count(*)::int, max(f.happened_on),
                                   (greatest(f.created_at, case when f.mode = 'spoken' then f.opened_at else f.shared_at end) at time zone o.time_zone)::date)
                        from feedback f
                        where f.program_id = g.program_id and f.group_id = g.id
                          and f.is_live
                        group by f.giver_id, f.receiver_id,
                                 (greatest(f.created_at, case when f.mode = 'spoken' then f.opened_at else f.shared_at end) at time zone o.time_zone)::date
                        order by f.giver_id, f.receiver_id) as "feedback!: Vec<Given>"
           from groups g
           join programs o on o.id = g.program_id
           where g.program_id = any($1) and g.id = any($2) and g.closed_on is null
           order by g.program_id, g.name, g.id"#,
        which.programs as &[ProgramId],
        groups as &[GroupId]
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(GroupRow::into_facts).collect())
}

pub(super) struct GroupRow {
    pub(super) program_id: ProgramId,
    pub(super) group_id: GroupId,
    pub(super) group_name: String,
    pub(super) approval_required: bool,
    pub(super) launched: bool,
    pub(super) time_zone: String,
    pub(super) starts_on: Date,
    pub(super) ends_on: Date,
    pub(super) group_min: i32,
    pub(super) kept_small_on: Option<Date>,
    pub(super) kept_small_with: Option<i32>,
    pub(super) agreement_since: Option<Date>,
    pub(super) belonging: Vec<Belonging>,
    pub(super) meetings: Vec<MeetingRow>,
    pub(super) actions: Vec<ActionFacts>,
    pub(super) trips: Vec<TripFacts>,
    pub(super) goals: Vec<GoalFacts>,
    pub(super) feedback: Vec<Given>,
}

/// Someone who belongs to the group, did, or is planned for it.
#[derive(sqlx::Type)]
#[sqlx(type_name = "record")]
pub(super) struct Belonging {
    id: ParticipationId,
    joined_on: Option<Date>,
    left_on: Option<Date>,
    name: String,
    email: String,
    state: ParticipationState,
    paused_until: Option<Date>,
    paused_from: Option<Date>,
    /// Each yes, from its first to its last day.
    yeses: Vec<Yes>,
}

#[derive(sqlx::Type)]
#[sqlx(type_name = "record")]
struct Yes {
    from: Date,
    until: Date,
}

/// What decides whether somebody was on hold on a day.
struct Holds {
    approval_required: bool,
    starts_on: Date,
    ends_on: Date,
}

impl Belonging {
    fn is_member_on(&self, day: Date) -> bool {
        self.joined_on.is_some_and(|joined| joined <= day) && self.left_on.is_none_or(|left| left > day)
    }

    fn backed_until(&self) -> Option<Date> {
        self.yeses.iter().map(|yes| yes.until).max()
    }

    /// Who pauses, and, where approval is required, who had a yes and had none that day. Before the program and after
    /// it, as on its first and on its last day.
    fn was_on_hold(&self, day: Date, holds: &Holds) -> bool {
        let paused = self.paused_from.zip(self.paused_until).is_some_and(|(from, until)| from <= day && day < until);
        let day = day.max(holds.starts_on).min(holds.ends_on);
        let backed = self.yeses.iter().any(|yes| yes.from <= day && day <= yes.until);
        paused || (holds.approval_required && !self.yeses.is_empty() && !backed)
    }
}

#[derive(sqlx::Type)]
#[sqlx(type_name = "record")]
pub(super) struct MeetingRow {
    id: MeetingId,
    starts_at: OffsetDateTime,
    ends_at: OffsetDateTime,
    state: MeetingState,
    logged_at: Option<OffsetDateTime>,
    minutes: i32,
    present: i32,
    agenda: Vec<KindMinutes>,
}

impl GroupRow {
    pub(super) fn into_facts(self) -> GroupFacts {
        let Self { belonging, time_zone, launched, approval_required, starts_on, ends_on, .. } = self;
        let holds = Holds { approval_required, starts_on, ends_on };
        let open_on = |day: Date| -> i32 {
            belonging.iter().filter(|one| one.is_member_on(day) && !one.was_on_hold(day, &holds)).map(|_| 1).sum()
        };
        let meetings = self.meetings.into_iter().map(|row| {
            let day = day_in(&time_zone, row.starts_at);
            MeetingFacts {
                id: row.id,
                day,
                starts_at: row.starts_at,
                ends_at: row.ends_at,
                state: row.state,
                logged_on: row.logged_at.map(|at| day_in(&time_zone, at)),
                minutes: row.minutes,
                present: row.present,
                // Who came was an open member, whatever else is written.
                members_then: open_on(day).max(row.present),
                agenda: row.agenda,
            }
        });
        let meetings = meetings.collect();
        let began_on = belonging.iter().filter_map(|one| one.joined_on).min();
        let last_left_on = belonging.iter().filter_map(|one| one.left_on).max();
        let belongs = |one: &Belonging, state| {
            one.left_on.is_none() && one.state == state && (one.joined_on.is_some() || !launched)
        };
        let member = |one: Belonging| MemberFacts {
            backed_until: one.backed_until(),
            id: one.id,
            name: one.name,
            email: one.email,
            needs_none: !approval_required,
        };
        let (resting, others): (Vec<_>, Vec<_>) =
            belonging.into_iter().partition(|one| belongs(one, ParticipationState::OnHold));
        let resting = resting.into_iter().map(|one| Resting { until: one.paused_until, member: member(one) }).collect();
        let members = others.into_iter().filter(|one| belongs(one, ParticipationState::Joined)).map(member).collect();
        GroupFacts {
            id: self.group_id,
            program_id: self.program_id,
            name: self.group_name,
            members,
            resting,
            began_on,
            last_left_on,
            least: usize::try_from(self.group_min).unwrap_or(0),
            kept_small: KeptSmall::of(self.kept_small_on, self.kept_small_with),
            agreement_since: self.agreement_since,
            meetings,
            actions: self.actions,
            trips: self.trips,
            goals: self.goals,
            feedback: self.feedback,
        }
    }
}
