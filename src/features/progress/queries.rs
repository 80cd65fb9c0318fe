//! Reads facts. This slice writes nothing. Each function is one statement, whatever the number of
//! programs and groups.
use super::model::{
    Asked, Given, GoalFacts, GroupFacts, ItemKind, KindMinutes, MeetingFacts, MeetingState, MemberFacts, PersonFacts,
    ProgramFacts, RequestState, TripFacts, TripKind, TripState,
};
use crate::access::{ParticipationState, ProgramState};
use crate::base::{
    error::Result,
    ids::{FieldTripId, GroupId, MeetingId, ParticipationId, ProgramId},
    local_time::day_in,
};
use sqlx::PgConnection;
use std::collections::HashMap;
use time::Date;

/// Which groups are meant: those of these programs, or of them only some.
#[derive(Debug, Clone, Copy)]
pub struct Which<'a> {
    pub programs: &'a [ProgramId],
    pub groups: Option<&'a [GroupId]>,
}

/// Programs with their people and groups, by start, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn programs(db: &mut PgConnection, ids: &[ProgramId]) -> Result<Vec<ProgramFacts>> {
    let rows = sqlx::query!(
        r#"select id as "id: ProgramId", name, state as "state: ProgramState", time_zone, starts_on, ends_on, rhythm_days,
                  group_min, approval_required
           from programs where id = any($1) order by starts_on desc, id"#,
        ids as &[ProgramId]
    )
    .fetch_all(&mut *db)
    .await?;
    let mut programs: Vec<ProgramFacts> = rows
        .into_iter()
        .map(|row| ProgramFacts {
            id: row.id,
            name: row.name,
            state: row.state,
            time_zone: row.time_zone,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            rhythm_days: i64::from(row.rhythm_days),
            group_min: usize::try_from(row.group_min).unwrap_or(0),
            approval_required: row.approval_required,
            people: Vec::new(),
            groups: Vec::new(),
        })
        .collect();
    let people = people(db, ids, &programs).await?;
    let groups = groups(db, Which { programs: ids, groups: None }).await?;
    for (program_id, person) in people {
        if let Some(program) = programs.iter_mut().find(|program| program.id == program_id) {
            program.people.push(person);
        }
    }
    for group in groups {
        if let Some(program) = programs.iter_mut().find(|program| program.id == group.program_id) {
            program.groups.push(group);
        }
    }
    Ok(programs)
}

/// Everyone who ever took part, by name, with the newest question to their supervisor.
async fn people(
    db: &mut PgConnection,
    ids: &[ProgramId],
    programs: &[ProgramFacts],
) -> Result<Vec<(ProgramId, PersonFacts)>> {
    let rows = sqlx::query!(
        r#"select t.program_id as "program_id: ProgramId", p.name, t.state as "state: ParticipationState", t.invited_at,
                  exists (select from memberships m
                          where m.program_id = t.program_id and m.participation_id = t.id and m.left_on is null) as "placed!",
                  y.backed_until as "backed_until?",
                  r.state as "asked_state?: RequestState", r.asked_at as "asked_at?"
           from participations t
           join people p on p.id = t.person_id
           left join lateral (
               select max(case r.state when 'approved' then r.valid_until
                               else least(r.valid_until, r.revoked_from - 1) end) as backed_until
               from approval_requests r
               where r.program_id = t.program_id and r.participation_id = t.id
                 and r.purpose in ('join', 'reconfirm') and r.state in ('approved', 'revoked')
           ) y on true
           left join lateral (
               select r.state, r.asked_at
               from approval_requests r
               where r.program_id = t.program_id and r.participation_id = t.id and r.purpose in ('join', 'reconfirm')
               order by r.asked_at desc, r.id desc
               limit 1
           ) r on true
           where t.program_id = any($1)
           order by t.program_id, p.name, t.id"#,
        ids as &[ProgramId]
    )
    .fetch_all(db)
    .await?;
    let zones: HashMap<ProgramId, &str> = programs.iter().map(|one| (one.id, one.time_zone.as_str())).collect();
    Ok(rows
        .into_iter()
        .map(|row| {
            let zone = zones.get(&row.program_id).copied().unwrap_or("UTC");
            let asked = row.asked_state.zip(row.asked_at).map(|(state, at)| Asked { state, on: day_in(zone, at) });
            let person = PersonFacts {
                name: row.name,
                state: row.state,
                invited_on: day_in(zone, row.invited_at),
                placed: row.placed,
                backed_until: row.backed_until,
                asked,
            };
            (row.program_id, person)
        })
        .collect())
}

/// Groups that are not closed, by name, with what happened in them.
///
/// # Errors
/// When the database does not answer.
pub async fn groups(db: &mut PgConnection, which: Which<'_>) -> Result<Vec<GroupFacts>> {
    let mut belonging = Vec::new();
    let mut found: Vec<GroupFacts> = Vec::new();
    for row in membership_rows(db, which).await? {
        if found.last().is_none_or(|group| group.id != row.group_id) {
            found.push(row.empty_group());
        }
        let Some(group) = found.last_mut() else { continue };
        row.add_to(group);
        belonging.push((row.group_id, row.joined_on, row.left_on));
    }
    let at: HashMap<GroupId, usize> = found.iter().enumerate().map(|(at, group)| (group.id, at)).collect();
    let mut agendas = agendas(db, which).await?;
    for (group_id, mut meeting) in meetings(db, which).await? {
        let belongs = |(group, joined, left): &&(GroupId, Option<Date>, Option<Date>)| {
            *group == group_id
                && joined.is_some_and(|joined| joined <= meeting.day)
                && left.is_none_or(|left| left > meeting.day)
        };
        meeting.members_then = belonging.iter().filter(belongs).map(|_| 1).sum();
        meeting.agenda = agendas.remove(&meeting.id).unwrap_or_default();
        if let Some(group) = at.get(&group_id).and_then(|at| found.get_mut(*at)) {
            group.meetings.push(meeting);
        }
    }
    for (group_id, trip) in trips(db, which).await? {
        if let Some(group) = at.get(&group_id).and_then(|at| found.get_mut(*at)) {
            group.trips.push(trip);
        }
    }
    for (group_id, goal) in goals(db, which).await? {
        if let Some(group) = at.get(&group_id).and_then(|at| found.get_mut(*at)) {
            group.goals.push(goal);
        }
    }
    for (group_id, given) in feedback(db, which).await? {
        if let Some(group) = at.get(&group_id).and_then(|at| found.get_mut(*at)) {
            group.feedback.push(given);
        }
    }
    Ok(found)
}

struct MembershipRow {
    program_id: ProgramId,
    group_id: GroupId,
    group_name: String,
    approval_required: bool,
    launched: bool,
    participation_id: Option<ParticipationId>,
    joined_on: Option<Date>,
    left_on: Option<Date>,
    name: Option<String>,
    email: Option<String>,
    state: Option<ParticipationState>,
    backed_until: Option<Date>,
}

impl MembershipRow {
    fn empty_group(&self) -> GroupFacts {
        GroupFacts {
            id: self.group_id,
            program_id: self.program_id,
            name: self.group_name.clone(),
            members: Vec::new(),
            began_on: None,
            last_left_on: None,
            meetings: Vec::new(),
            trips: Vec::new(),
            goals: Vec::new(),
            feedback: Vec::new(),
        }
    }

    fn add_to(&self, group: &mut GroupFacts) {
        group.began_on = [group.began_on, self.joined_on].into_iter().flatten().min();
        group.last_left_on = group.last_left_on.max(self.left_on);
        let is_open = self.left_on.is_none()
            && self.state == Some(ParticipationState::Joined)
            && (self.joined_on.is_some() || !self.launched);
        if let (true, Some(id), Some(name), Some(email)) = (is_open, self.participation_id, &self.name, &self.email) {
            group.members.push(MemberFacts {
                id,
                name: name.clone(),
                email: email.clone(),
                backed_until: self.backed_until,
                needs_none: !self.approval_required,
            });
        }
    }
}

async fn membership_rows(db: &mut PgConnection, which: Which<'_>) -> Result<Vec<MembershipRow>> {
    Ok(sqlx::query_as!(
        MembershipRow,
        r#"select g.program_id as "program_id: ProgramId", g.id as "group_id: GroupId", g.name as group_name,
                  o.approval_required, (o.launched_on is not null) as "launched!",
                  m.participation_id as "participation_id?: ParticipationId", m.joined_on, m.left_on,
                  p.name as "name?", p.email as "email?", t.state as "state?: ParticipationState",
                  y.backed_until as "backed_until?"
           from groups g
           join programs o on o.id = g.program_id
           left join memberships m on m.program_id = g.program_id and m.group_id = g.id
           left join participations t on t.program_id = m.program_id and t.id = m.participation_id
           left join people p on p.id = t.person_id
           left join lateral (
               select max(case r.state when 'approved' then r.valid_until
                               else least(r.valid_until, r.revoked_from - 1) end) as backed_until
               from approval_requests r
               where r.program_id = m.program_id and r.participation_id = m.participation_id
                 and r.purpose in ('join', 'reconfirm') and r.state in ('approved', 'revoked')
           ) y on true
           where g.program_id = any($1) and ($2::uuid[] is null or g.id = any($2)) and g.closed_on is null
           order by g.program_id, g.name, g.id, p.name, m.id"#,
        which.programs as &[ProgramId],
        which.groups as Option<&[GroupId]>
    )
    .fetch_all(db)
    .await?)
}

async fn meetings(db: &mut PgConnection, which: Which<'_>) -> Result<Vec<(GroupId, MeetingFacts)>> {
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

async fn agendas(db: &mut PgConnection, which: Which<'_>) -> Result<HashMap<MeetingId, Vec<KindMinutes>>> {
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

async fn trips(db: &mut PgConnection, which: Which<'_>) -> Result<Vec<(GroupId, TripFacts)>> {
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

async fn goals(db: &mut PgConnection, which: Which<'_>) -> Result<Vec<(GroupId, GoalFacts)>> {
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

async fn feedback(db: &mut PgConnection, which: Which<'_>) -> Result<Vec<(GroupId, Given)>> {
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
