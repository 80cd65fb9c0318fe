//! The facts of a program on a day: as they were, as far as the rows keep dates. Nothing that is dated later counts,
//! and the day itself counts whole.
use super::records::{
    Aimed, AskedSupervisor, Belonged, Element, GroupRecords, Met, Part, Promised, Records, Said, Went,
};
use crate::access::ParticipationState;
use crate::base::ids::{GroupId, ParticipationId};
use crate::features::{
    actions::ActionState,
    approvals::RequestState,
    elements::ElementState,
    feedback::FeedbackState,
    field_trips::{TripKind, TripState},
    goals::GoalState,
    progress::{
        ActionFacts, ElementFacts, GoalOutcome, KindMinutes, LiveFacts, MeetingFacts, MeetingState, ObservationFacts,
        PlacedFacts, RequestFacts, TripFacts,
    },
};
use time::Date;

/// Whether something dated like this was so by a day.
fn by(date: Option<Date>, t: Date) -> bool {
    date.is_some_and(|date| date <= t)
}

/// What figures are made of, on one day.
#[derive(Debug, Clone)]
pub struct Facts {
    pub requests: Vec<RequestFacts>,
    pub placed: Vec<PlacedFacts>,
    /// Those that had begun.
    pub groups: Vec<GroupFacts>,
}

/// A group on that day.
#[derive(Debug, Clone)]
pub struct GroupFacts {
    pub id: GroupId,
    pub name: String,
    pub began_on: Date,
    /// If it was by then.
    pub closed_on: Option<Date>,
    /// Open members.
    pub members: Vec<ParticipationId>,
    pub meetings: Vec<MeetingFacts>,
    pub actions: Vec<ActionFacts>,
    pub trips: Vec<TripFacts>,
    pub observations: Vec<ObservationFacts>,
    pub goals: Vec<GoalOutcome>,
    /// Agreed ones of open members.
    pub elements: Vec<ElementFacts>,
    pub live: Vec<LiveFacts>,
}

impl Records {
    /// As it was on a day.
    #[must_use]
    pub fn on(&self, t: Date) -> Facts {
        let was_placed = |part: &&Part| {
            let mut all = self.groups.iter().flat_map(|group| &group.memberships);
            all.any(|one| one.part == part.id && one.joined_on <= t)
        };
        Facts {
            requests: self.requests.iter().filter(|request| request.asked_on <= t).map(|r| r.on(t)).collect(),
            placed: self.parts.iter().filter(was_placed).map(|part| PlacedFacts { gone: part.is_gone(t) }).collect(),
            groups: self.groups.iter().filter_map(|group| self.group_on(group, t)).collect(),
        }
    }

    fn group_on(&self, group: &GroupRecords, t: Date) -> Option<GroupFacts> {
        let began_on = group.memberships.iter().map(|one| one.joined_on).min().filter(|began| *began <= t)?;
        let members = self.open_members(group, t);
        let elements = group.elements.iter().filter(|one| members.contains(&one.about));
        Some(GroupFacts {
            id: group.id,
            name: group.name.clone(),
            began_on,
            closed_on: group.closed_on.filter(|day| *day <= t),
            meetings: group.meetings.iter().filter_map(|one| self.meeting_on(group, one, t)).collect(),
            actions: group.actions.iter().filter_map(|action| action.on(t)).collect(),
            trips: group.trips.iter().filter_map(|trip| trip.on(t)).collect(),
            observations: group.trips.iter().filter_map(|trip| trip.observation_on(t)).collect(),
            goals: group.goals.iter().filter_map(|goal| goal.on(t)).collect(),
            elements: elements
                .filter(|one| one.is_agreed(t))
                .filter_map(|one| Some(ElementFacts { id: one.id, agreed_on: one.agreed_on? }))
                .collect(),
            live: group.feedback.iter().filter_map(|item| item.on(t)).collect(),
            members,
        })
    }

    /// Who belonged to a group on a day, took part, and was not on hold.
    #[must_use]
    pub fn open_members(&self, group: &GroupRecords, t: Date) -> Vec<ParticipationId> {
        let open = |one: &&Belonged| {
            let part = self.parts.iter().find(|part| part.id == one.part);
            part.is_some_and(|part| self.state_on(part, t) == ParticipationState::Joined)
        };
        group.memberships.iter().filter(|one| one.covers(t)).filter(open).map(|one| one.part).collect()
    }

    /// Where somebody's part stood.
    #[must_use]
    pub fn state_on(&self, part: &Part, t: Date) -> ParticipationState {
        if t >= self.today || part.state == ParticipationState::Invited || by(part.ended_on, t) {
            return part.state;
        }
        if part.joined_on.is_some_and(|joined| joined > t) {
            return ParticipationState::Invited;
        }
        let on_hold = self.is_on_hold(part, t, t);
        if on_hold { ParticipationState::OnHold } else { ParticipationState::Joined }
    }

    /// Whether somebody was on hold on a day, by what was known on another: who pauses, and, where approval is
    /// required, who had a yes and had none on that day.
    fn is_on_hold(&self, part: &Part, day: Date, known: Date) -> bool {
        if part.pause.is_some_and(|(from, until)| from <= day && day < until) {
            return true;
        }
        let day = day.max(self.starts_on).min(self.ends_on);
        let yeses = self.yeses(part.id, known);
        self.approval_required && !yeses.is_empty() && !yeses.iter().any(|(from, until)| *from <= day && day <= *until)
    }

    /// The yeses to somebody's taking part that held by a day: each from its first to its last day.
    #[must_use]
    pub fn yeses(&self, part: ParticipationId, known: Date) -> Vec<(Date, Date)> {
        let given = self.requests.iter().filter(|r| r.part == part && !r.about_trip && by(r.approved_on(), known));
        let given: Vec<&AskedSupervisor> = given.collect();
        // A newer yes took the place of those before it, whatever became of it.
        let superseded = |at: usize| given.get(at).is_some_and(|r| r.state == RequestState::Superseded);
        (0..given.len())
            .filter(|at| !superseded(*at) || at + 1 == given.len())
            .filter_map(|at| given.get(at))
            .map(|r| (r.valid_from, r.ends_on(known)))
            .collect()
    }

    fn meeting_on(&self, group: &GroupRecords, met: &Met, t: Date) -> Option<MeetingFacts> {
        let logged = by(met.logged_on, t) && met.day <= t;
        let was_logged = matches!(met.state, MeetingState::Held | MeetingState::NotHeld);
        let state = if was_logged && !logged { MeetingState::Scheduled } else { met.state };
        let held = state == MeetingState::Held;
        let is_open = |one: &&Belonged| {
            let part = self.parts.iter().find(|part| part.id == one.part);
            one.covers(met.day) && !part.is_some_and(|part| self.is_on_hold(part, met.day, t))
        };
        let open: i32 = group.memberships.iter().filter(is_open).map(|_| 1).sum();
        (met.created_on <= t || logged).then(|| MeetingFacts {
            id: met.id,
            day: met.day,
            starts_at: met.starts_at,
            ends_at: met.ends_at,
            state,
            logged_on: met.logged_on.filter(|_| logged),
            minutes: if held { met.minutes } else { 0 },
            present: if held { met.present } else { 0 },
            // Who came was a member, whatever else is written.
            members_then: open.max(if held { met.present } else { 0 }),
            agenda: met.by_kind(held),
        })
    }
}

impl Part {
    fn is_gone(&self, t: Date) -> bool {
        matches!(self.state, ParticipationState::Withdrawn | ParticipationState::Removed) && by(self.ended_on, t)
    }
}

impl Belonged {
    fn covers(&self, day: Date) -> bool {
        self.joined_on <= day && self.left_on.is_none_or(|left| left > day)
    }
}

impl AskedSupervisor {
    fn on(&self, t: Date) -> RequestFacts {
        let answered = by(self.answered_on, t);
        RequestFacts { hours: self.hours.filter(|_| answered), answered, approved: by(self.approved_on(), t) }
    }

    /// The day of the yes. Of one that was taken back, the rows keep that of the first answer.
    #[must_use]
    pub fn approved_on(&self) -> Option<Date> {
        match self.state {
            RequestState::Approved => self.accepted_on.or(self.decided_on),
            RequestState::Revoked | RequestState::Superseded => self.accepted_on.or(self.answered_on),
            _ => None,
        }
    }

    /// The last day of a yes, as far as was known on a day.
    fn ends_on(&self, known: Date) -> Date {
        // Of one that was taken back, `decided_on` is when.
        let taken_back = self.state == RequestState::Revoked && by(self.decided_on, known);
        let before = self.revoked_from.filter(|_| taken_back).and_then(Date::previous_day);
        before.map_or(self.valid_until, |day| day.min(self.valid_until))
    }

    /// Where it stood. That it was cancelled has no day, so it counts as such from the first.
    #[must_use]
    pub fn state_on(&self, t: Date) -> RequestState {
        use RequestState as S;
        let unanswered = if self.expires_on < t { S::Expired } else { S::Pending };
        match self.state {
            S::Pending | S::Expired => unanswered,
            S::Cancelled => S::Cancelled,
            // Taken by the peer only later.
            S::Approved if by(self.decided_on, t) && !by(self.approved_on(), t) => S::Conditional,
            decided if by(self.decided_on, t) => decided,
            _ if by(self.approved_on(), t) => S::Approved,
            _ => unanswered,
        }
    }
}

impl Met {
    /// One row for each kind on the agenda.
    fn by_kind(&self, held: bool) -> Vec<KindMinutes> {
        let mut kinds: Vec<KindMinutes> = Vec::new();
        for item in &self.items {
            let planned = if item.carried_in { 0 } else { item.planned };
            let actual = item.actual.filter(|_| held).unwrap_or(0);
            let with_goal = if item.has_goal { actual } else { 0 };
            match kinds.iter_mut().find(|row| row.kind == item.kind) {
                Some(row) => {
                    row.planned += planned;
                    row.actual += actual;
                    row.with_goal += with_goal;
                }
                None => kinds.push(KindMinutes { kind: item.kind, planned, actual, with_goal }),
            }
        }
        kinds
    }
}

impl Promised {
    fn on(&self, t: Date) -> Option<ActionFacts> {
        let dropped = self.state == ActionState::Dropped && by(self.closed_on, t);
        let done_on = self.closed_on.filter(|day| self.state == ActionState::Done && *day <= t);
        (self.written_on <= t && !dropped).then_some(ActionFacts { due_on: self.due_on, done_on })
    }
}

impl Went {
    /// A trip that was put off or called off has no day for it, so it counts as such from the first.
    fn state_on(&self, t: Date) -> TripState {
        if by(self.reported_on, t) {
            TripState::Reported
        } else if by(self.completed_on, t) {
            TripState::Completed
        } else if !self.state.took_place() && self.state != TripState::Confirmed {
            self.state
        } else if by(self.confirmed_on, t) {
            TripState::Confirmed
        } else {
            TripState::Planned
        }
    }

    fn on(&self, t: Date) -> Option<TripFacts> {
        (self.created_on <= t).then(|| TripFacts {
            id: self.id,
            kind: self.kind,
            day: self.day,
            state: self.state_on(t),
            was_confirmed: by(self.confirmed_on, t),
            cost_cents: self.cost_cents,
            host_waits: false,
            supervisor_waits: false,
            waits_since: self.created_on,
        })
    }

    fn observation_on(&self, t: Date) -> Option<ObservationFacts> {
        (self.kind == TripKind::Observation && self.created_on <= t).then(|| ObservationFacts {
            day: self.day,
            state: self.state_on(t),
            pre_met_on: self.pre_met_on.filter(|day| *day <= t),
            debriefed_on: self.debriefed_on.filter(|day| *day <= t),
        })
    }
}

impl Aimed {
    /// Where it stood; nothing before it was agreed.
    fn on(&self, t: Date) -> Option<GoalOutcome> {
        let is_agreed = by(self.agreed_on, t) && self.state != GoalState::Draft;
        let state = if by(self.closed_on, t) { self.state } else { GoalState::Agreed };
        is_agreed.then(|| GoalOutcome { state, has_product: by(self.product_on, t) })
    }
}

impl Element {
    pub(super) fn is_agreed(&self, t: Date) -> bool {
        self.state != ElementState::Proposed && by(self.agreed_on, t) && !by(self.retired_on, t)
    }
}

impl Said {
    /// It, if it counted.
    fn on(&self, t: Date) -> Option<LiveFacts> {
        let in_state = matches!(self.state, FeedbackState::Shared | FeedbackState::Answered | FeedbackState::Confirmed);
        let since = if self.spoken { self.opened_on } else { self.shared_on };
        let hidden = by(self.reported_on, t);
        (in_state && by(since, t) && self.on <= t && !hidden).then(|| LiveFacts {
            from: self.from,
            to: self.to,
            on: self.on,
            known_on: since.unwrap_or(self.on).max(self.on),
            elements: self.elements.clone(),
            acknowledged: self.spoken || by(self.answered_on, t),
        })
    }
}
