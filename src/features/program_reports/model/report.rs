//! The figures of a program and of its groups on a day.
use super::{
    as_of::{Facts, GroupFacts},
    records::Records,
};
use crate::base::ids::ProgramId;
use crate::features::progress::{
    ActionFacts, Given, LiveFacts, MeetingFacts, RequestFacts, TripFacts,
    figures::{self, Share},
    thresholds::{BALANCE_FROM_ITEMS, BALANCE_FROM_MEMBERS, BALANCED_FROM},
};
use crate::features::pulse::PulseKind;
use time::Date;

/// How supervisors answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Approval {
    /// Hours from first sent to the first answer.
    pub median_hours: Option<f64>,
    pub ninetieth_hours: Option<f64>,
    /// Answered of asked.
    pub response: Share,
    /// Approved of answered.
    pub approval: Share,
}

/// What a group's figures and a program's have in common. A program's are sums over its groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    pub held: i32,
    pub minutes: i32,
    pub on_goal: Share,
    pub on_purpose: Share,
    pub informal: Share,
    pub informal_planned: Share,
    pub drift: Option<f64>,
    pub attendance: Share,
    pub first_meeting_day: Option<i64>,
    pub coverage: Share,
    pub acknowledged: Share,
    pub trip_completion: Share,
    pub observation_cycle: Share,
    pub actions: Share,
    pub cadence: Share,
    pub reciprocity: Share,
    pub feedback: i32,
    /// Open members.
    pub members: usize,
}

/// How even feedback goes both ways, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BothWays {
    Balanced,
    OneSided,
}

impl BothWays {
    /// As files have it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Balanced => "balanced",
            Self::OneSided => "one_sided",
        }
    }
}

impl Shared {
    /// What coordinators read of reciprocity, from enough members on, and enough items between them.
    #[must_use]
    pub fn both_ways(&self) -> Option<BothWays> {
        if self.reciprocity.den < BALANCE_FROM_ITEMS || self.members < BALANCE_FROM_MEMBERS {
            return None;
        }
        let share = self.reciprocity.value()?;
        Some(if share < BALANCED_FROM { BothWays::OneSided } else { BothWays::Balanced })
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct GroupFigures {
    pub name: String,
    pub shared: Shared,
    /// 0 to 100; none for a group that is closed.
    pub momentum: Option<f64>,
}

/// What came of one pulse; of too few answers nothing but that it closed.
#[derive(Debug, Clone, PartialEq)]
pub struct PulseFigures {
    pub kind: PulseKind,
    pub closed_on: Date,
    pub told: Option<Told>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Told {
    /// Answers of invited.
    pub response: Share,
    pub worth: f64,
    pub safe: f64,
    pub recommend: f64,
}

/// All figures of a program on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    pub id: ProgramId,
    pub name: String,
    pub institution: String,
    pub starts_on: Date,
    pub ends_on: Date,
    pub as_of: Date,
    pub approval: Approval,
    pub program: Shared,
    /// By name; those that had begun.
    pub groups: Vec<GroupFigures>,
    /// Closed by then, the newest first.
    pub pulses: Vec<PulseFigures>,
    pub retention: Share,
    /// In halves: 2 of 2 is one achieved.
    pub goal_attainment: Share,
    pub goals_with_product: Share,
}

impl Report {
    /// The newest pulse of which something may be told.
    #[must_use]
    pub fn pulse(&self) -> Option<&Told> {
        self.pulses.iter().find_map(|pulse| pulse.told.as_ref())
    }
}

/// The figures of a program as of a day.
#[must_use]
pub fn report(records: &Records, t: Date) -> Report {
    let facts = records.on(t);
    let goals = || facts.groups.iter().flat_map(|group| &group.goals);
    Report {
        id: records.id,
        name: records.name.clone(),
        institution: records.institution.clone(),
        starts_on: records.starts_on,
        ends_on: records.ends_on,
        as_of: t,
        approval: approval(&facts.requests),
        program: program(records, &facts, t),
        groups: facts.groups.iter().map(|group| group_figures(records, group, t)).collect(),
        pulses: pulses(records, t),
        retention: figures::retention(&facts.placed),
        goal_attainment: figures::attainment(goals()),
        goals_with_product: figures::with_product(goals()),
    }
}

fn approval(requests: &[RequestFacts]) -> Approval {
    let hours = || requests.iter().filter_map(|request| request.hours);
    Approval {
        median_hours: figures::percentile(hours(), 0.5),
        ninetieth_hours: figures::percentile(hours(), 0.9),
        response: figures::answered(requests),
        approval: figures::approved(requests),
    }
}

fn group_figures(records: &Records, group: &GroupFacts, t: Date) -> GroupFigures {
    let shared = pooled(records, std::slice::from_ref(group), t);
    let momentum =
        group.closed_on.is_none().then(|| figures::momentum(&group.meetings, shared.actions, records.rhythm_days, t));
    GroupFigures { name: group.name.clone(), shared, momentum }
}

fn program(records: &Records, facts: &Facts, t: Date) -> Shared {
    pooled(records, &facts.groups, t)
}

/// The figures of some groups together.
fn pooled(records: &Records, groups: &[GroupFacts], t: Date) -> Shared {
    let meetings: Vec<&MeetingFacts> = groups.iter().flat_map(|group| &group.meetings).collect();
    let held = || meetings.iter().copied();
    let actions: Vec<&ActionFacts> = groups.iter().flat_map(|group| &group.actions).collect();
    let trips: Vec<&TripFacts> = groups.iter().flat_map(|group| &group.trips).collect();
    let live: Vec<&LiveFacts> = groups.iter().flat_map(|group| &group.live).collect();
    Shared {
        held: figures::held(held()),
        minutes: figures::minutes(held()),
        on_goal: figures::on_goal(held()),
        on_purpose: figures::on_purpose(held()),
        informal: figures::informal(held()),
        informal_planned: figures::informal_planned(held()),
        drift: figures::drift(held()),
        attendance: figures::attendance(held()),
        first_meeting_day: figures::first_meeting_day(held(), records.starts_on),
        coverage: groups.iter().map(|group| figures::coverage(&group.elements, &group.live)).sum(),
        acknowledged: figures::acknowledged(live.iter().copied()),
        trip_completion: figures::trip_completion(trips.iter().copied(), t),
        observation_cycle: figures::observation_cycle(groups.iter().flat_map(|group| &group.observations), t),
        actions: figures::actions(actions.iter().copied(), records.rhythm_days, t),
        cadence: groups.iter().map(|group| cadence(records, group, t)).sum(),
        reciprocity: groups.iter().map(reciprocity).sum(),
        feedback: live.iter().map(|_| 1).sum(),
        members: groups.iter().map(|group| group.members.len()).sum(),
    }
}

/// A group is active from its beginning until it is closed, or its program ends.
fn cadence(records: &Records, group: &GroupFacts, t: Date) -> Share {
    let until = group.closed_on.unwrap_or(t).min(t).min(records.ends_on);
    figures::cadence(&group.meetings, (until - group.began_on).whole_days(), records.rhythm_days)
}

fn reciprocity(group: &GroupFacts) -> Share {
    figures::reciprocity(&given(&group.live), &group.members)
}

/// How often one gave feedback to another.
pub(super) fn given(live: &[LiveFacts]) -> Vec<Given> {
    let mut all: Vec<Given> = Vec::new();
    for item in live {
        match all.iter_mut().find(|one| one.from == item.from && one.to == item.to && one.known_on == item.known_on) {
            Some(one) => {
                one.times += 1;
                one.last_on = one.last_on.max(item.on);
            }
            None => {
                all.push(Given { from: item.from, to: item.to, times: 1, last_on: item.on, known_on: item.known_on });
            }
        }
    }
    all
}

fn pulses(records: &Records, t: Date) -> Vec<PulseFigures> {
    let closed = records.pulses.iter().filter(|one| one.closed_on <= t);
    closed
        .map(|one| PulseFigures {
            kind: one.pulse.kind,
            closed_on: one.closed_on,
            told: one.results.as_ref().map(|found| Told {
                response: found.response,
                worth: found.worth,
                safe: found.safe,
                recommend: found.recommend,
            }),
        })
        .collect()
}
