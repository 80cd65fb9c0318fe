//! Groups with their members, and everything that happened in them put to its group.
use super::{Which, happened};
use crate::access::ParticipationState;
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId, ProgramId},
};
use crate::features::groups::KeptSmall;
use crate::features::progress::model::{GroupFacts, MemberFacts};
use sqlx::PgConnection;
use std::collections::HashMap;
use time::Date;

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
    let mut agendas = happened::agendas(db, which).await?;
    for (group_id, mut meeting) in happened::meetings(db, which).await? {
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
    for (group_id, trip) in happened::trips(db, which).await? {
        if let Some(group) = at.get(&group_id).and_then(|at| found.get_mut(*at)) {
            group.trips.push(trip);
        }
    }
    for (group_id, goal) in happened::goals(db, which).await? {
        if let Some(group) = at.get(&group_id).and_then(|at| found.get_mut(*at)) {
            group.goals.push(goal);
        }
    }
    for (group_id, given) in happened::feedback(db, which).await? {
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
    group_min: i32,
    kept_small_on: Option<Date>,
    kept_small_with: Option<i32>,
    agreement_since: Option<Date>,
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
            least: usize::try_from(self.group_min).unwrap_or(0),
            kept_small: KeptSmall::of(self.kept_small_on, self.kept_small_with),
            agreement_since: self.agreement_since,
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
                  o.approval_required, (o.launched_on is not null) as "launched!", o.group_min,
                  g.kept_small_on, g.kept_small_with,
                  (select min(v.adopted_on) from agreement_versions v
                   where v.program_id = g.program_id and v.group_id = g.id) as agreement_since,
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
