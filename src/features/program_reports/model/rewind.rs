//! What the coordinator's page is made of, as it was on an earlier day, so that its warnings can be asked for then.
use super::{
    as_of::GroupFacts,
    records::{GroupRecords, Part, Records},
    report::given,
};
use crate::access::{ParticipationState, ProgramState};
use crate::base::ids::ParticipationId;
use crate::features::{
    goals::GoalState,
    programs::closing_from,
    progress::{self, Asked, GoalFacts, MemberFacts, PersonFacts, ProgramFacts, Resting, TripFacts},
};
use time::Date;

/// Takes back what is dated later than a day, as far as the rows keep dates.
///
/// `now` is the program as it is; groups that it leaves out, because they are closed by now, stay left out.
#[must_use]
pub fn rewind(mut now: ProgramFacts, records: &Records, t: Date) -> ProgramFacts {
    let facts = records.on(t);
    now.state = state_on(records, t);
    now.people =
        records.parts.iter().filter(|part| part.invited_on <= t).map(|part| person(records, part, t)).collect();
    now.groups.retain(|group| facts.groups.iter().any(|then| then.id == group.id));
    for group in &mut now.groups {
        let then = facts.groups.iter().find(|then| then.id == group.id);
        let rows = records.groups.iter().find(|rows| rows.id == group.id);
        if let (Some(then), Some(rows)) = (then, rows) {
            rewind_group(group, then, (records, rows), t);
        }
    }
    now
}

fn state_on(records: &Records, t: Date) -> ProgramState {
    let launched = records.launched_on.is_some_and(|day| day <= t);
    if t >= records.today || (records.state == ProgramState::Archived && t > records.ends_on) {
        records.state
    } else if launched {
        if t >= closing_from(records.ends_on) { ProgramState::Closing } else { ProgramState::Active }
    } else if records.opened_on.is_some_and(|day| day <= t) {
        ProgramState::Open
    } else {
        ProgramState::Draft
    }
}

fn person(records: &Records, part: &Part, t: Date) -> PersonFacts {
    let state = records.state_on(part, t);
    let mut belonged = records.groups.iter().flat_map(|group| &group.memberships);
    let asked = records.requests.iter().rfind(|one| one.part == part.id && !one.about_trip && one.asked_on <= t);
    PersonFacts {
        id: part.id,
        name: part.name.clone(),
        state,
        invited_on: part.invited_on,
        joined_on: part.joined_on.filter(|day| *day <= t),
        placed: belonged
            .any(|one| one.part == part.id && one.joined_on <= t && one.left_on.is_none_or(|left| left > t)),
        backed_until: backed_until(records, part.id, t),
        asked: asked.map(|one| Asked {
            state: one.state_on(t),
            on: one.asked_on,
            decided_on: one.decided_on.filter(|day| *day <= t),
        }),
    }
}

fn backed_until(records: &Records, part: ParticipationId, t: Date) -> Option<Date> {
    records.yeses(part, t).into_iter().map(|(_, until)| until).max()
}

fn rewind_group(
    group: &mut progress::GroupFacts,
    then: &GroupFacts,
    (records, rows): (&Records, &GroupRecords),
    t: Date,
) {
    let belonging = || {
        let there = rows.memberships.iter().filter(|one| one.joined_on <= t && one.left_on.is_none_or(|left| left > t));
        there.filter_map(|one| records.parts.iter().find(|part| part.id == one.part))
    };
    let member = |part: &Part| MemberFacts {
        id: part.id,
        name: part.name.clone(),
        email: part.email.clone(),
        backed_until: backed_until(records, part.id, t),
        needs_none: !records.approval_required,
    };
    let rests = |part: &&Part| records.state_on(part, t) == ParticipationState::OnHold;
    group.members = belonging().filter(|part| then.members.contains(&part.id)).map(member).collect();
    group.resting = belonging()
        .filter(rests)
        .map(|part| Resting { member: member(part), until: part.pause.map(|(_, until)| until) })
        .collect();
    group.began_on = Some(then.began_on);
    group.last_left_on = rows.memberships.iter().filter_map(|one| one.left_on).filter(|left| *left <= t).max();
    group.agreement_since = rows.agreement_since.filter(|day| *day <= t);
    group.meetings.clone_from(&then.meetings);
    group.actions.clone_from(&then.actions);
    group.trips = then.trips.iter().map(|trip| waiting_as_now(trip, &group.trips)).collect();
    group.goals = goals(rows, t);
    group.feedback = given(&then.live);
}

/// Who has not answered about a trip has not answered then either, if the trip stood.
fn waiting_as_now(then: &TripFacts, now: &[TripFacts]) -> TripFacts {
    let same = now.iter().find(|trip| trip.id == then.id);
    same.map_or_else(
        || then.clone(),
        |same| TripFacts {
            host_waits: same.host_waits,
            supervisor_waits: same.supervisor_waits,
            waits_since: same.waits_since,
            ..then.clone()
        },
    )
}

fn goals(rows: &GroupRecords, t: Date) -> Vec<GoalFacts> {
    let stood = rows.goals.iter().filter(|goal| {
        let dropped = goal.state == GoalState::Dropped && goal.closed_on.is_some_and(|day| day <= t);
        goal.state != GoalState::Draft && !dropped
    });
    stood
        .filter_map(|goal| {
            let agreed_on = goal.agreed_on.filter(|day| *day <= t)?;
            let elements = rows.elements.iter().filter(|one| one.goal == goal.id && one.is_agreed(t)).map(|_| 1).sum();
            Some(GoalFacts { owner: goal.owner, agreed_on, elements })
        })
        .collect()
}
