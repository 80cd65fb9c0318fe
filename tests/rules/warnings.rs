//! Every warning with its days: read by the group on one, on the coordinator's desk three days later, or on both
//! at once where the group cannot act.
use crate::desk::{a, b, c, day, gave, group, meeting, program, today, trip};
use see_also::access::{ParticipationState, ProgramState};
use see_also::base::ids::ParticipationId;
use see_also::features::approvals::RequestState;
use see_also::features::desk::{Kind, Warning, things, warnings};
use see_also::features::field_trips::{TripKind, TripState};
use see_also::features::progress::{
    Asked, Given, GoalFacts, GroupFacts, ItemKind, MeetingState, PersonFacts, ProgramFacts, TripFacts,
};
use see_also::features::warnings::of_group;

use ItemKind::{CheckIn, GoalWork, Informal};
use MeetingState::{Cancelled, Held, NotHeld, Scheduled};

/// Three people who began on the first day, with nothing else.
fn three() -> GroupFacts {
    group("Maps and data", &["Ana", "Bo", "Cy"])
}

/// Held on these days, an hour of goal work each.
fn met(days: &[i64]) -> GroupFacts {
    let hour = [(GoalWork, 60, 60, true)];
    GroupFacts { meetings: days.iter().map(|on| meeting(*on, Held, 3, 3, &hour)).collect(), ..three() }
}

fn with(mut group: GroupFacts, change: impl FnOnce(&mut GroupFacts)) -> GroupFacts {
    change(&mut group);
    group
}

fn waiting_trip(host_waits: bool, supervisor_waits: bool, since: i64) -> GroupFacts {
    let trip = trip(TripKind::SiteVisit, 60, TripState::Planned);
    GroupFacts {
        trips: vec![TripFacts { host_waits, supervisor_waits, waits_since: day(since), ..trip }],
        ..met(&[8, 28])
    }
}

/// Kind, the group as its facts are, the group's day, the desk's day, and whether the group reads it.
type Case = (Kind, GroupFacts, i64, i64, bool);

fn of_meeting() -> Vec<Case> {
    let waits = |on| with(met(&[8]), |group| group.meetings.push(meeting(on, Scheduled, 0, 3, &[])));
    let logged_late = |items| {
        with(met(&[8]), |group| {
            group.meetings.push(meeting(28, Held, 3, 3, items));
            group.meetings[1].logged_on = Some(day(30));
        })
    };
    vec![
        (Kind::NoDate, three(), 7, 10, true),
        (Kind::NoMeeting, with(three(), |g| g.meetings.push(meeting(40, Scheduled, 0, 3, &[]))), 18, 21, true),
        (
            // The second was cancelled on day 40, and is missed once a week has gone by without another.
            Kind::TwoMisses,
            with(met(&[8]), |g| {
                g.meetings.extend([meeting(28, NotHeld, 0, 3, &[]), meeting(40, Cancelled, 0, 3, &[])]);
            }),
            47,
            50,
            true,
        ),
        // One held, nothing ahead: 36 of 100, as soon as the group is one rhythm old.
        (Kind::Stalled, met(&[8]), 21, 24, true),
        (Kind::Unlogged, waits(30), 35, 38, true),
        // 15 of 120 minutes and 60 of 120, known once the log was written.
        (Kind::OffGoal, logged_late(&[(GoalWork, 60, 10, true), (CheckIn, 60, 230, false)]), 30, 33, true),
        (Kind::InformalOver, logged_late(&[(GoalWork, 60, 40, true), (Informal, 10, 40, false)]), 30, 33, true),
    ]
}

fn of_the_rest() -> Vec<Case> {
    let alone = |left| with(met(&[8, 28]), |group| group.last_left_on = Some(day(left)));
    let goals =
        |elements| with(met(&[8, 28]), |g| g.goals.push(GoalFacts { owner: None, agreed_on: day(10), elements }));
    let one_sided = with(met(&[8, 28]), |group| {
        gave(group, 0, 1, 3);
        gave(group, 0, 2, 1);
        group.feedback[1].known_on = day(95);
    });
    vec![
        (Kind::LostMember, alone(45), 45, 48, true),
        // Only a coordinator can send somebody.
        (Kind::TooSmall, with(alone(45), |group| group.members.truncate(1)), 45, 45, false),
        (Kind::HostSilent, waiting_trip(true, false, 0), 43, 46, true),
        (Kind::HostSilent, waiting_trip(true, false, 50), 50, 53, true),
        (Kind::TripUnanswered, waiting_trip(true, true, 0), 46, 46, false),
        (Kind::TripUnconfirmed, waiting_trip(false, false, 0), 43, 46, true),
        (Kind::NoElement, goals(0), 37, 40, true),
        (Kind::NoFeedback, goals(1), 72, 75, true),
        (Kind::OneSided, one_sided, 95, 98, true),
        (Kind::NoAgreement, with(met(&[8, 28]), |group| group.agreement_since = None), 28, 31, true),
    ]
}

#[test]
fn the_group_reads_it_first_and_the_coordinator_three_days_later() {
    for (kind, group, to_group, to_desk, told) in of_meeting().into_iter().chain(of_the_rest()) {
        let program = program(vec![group]);
        let found = |on: i64| -> Option<Warning> {
            of_group(program.term(), &program.groups[0], day(on)).into_iter().find(|one| one.kind == kind)
        };
        let on_the_desk = |on: i64| warnings(&program, day(on)).iter().any(|one| one.kind == kind);
        assert_eq!(found(to_group - 1), None, "{kind:?} the day before");
        let first = found(to_group).unwrap_or_else(|| panic!("{kind:?} on day {to_group}"));
        assert_eq!(first.to_group.is_some(), told, "{kind:?}");
        assert_eq!(first.since, day(to_group), "{kind:?}");
        assert!(!on_the_desk(to_desk - 1), "{kind:?} a day too early");
        assert!(on_the_desk(to_desk), "{kind:?} on day {to_desk}");
        // As long as it holds, it counts from the same day.
        if kind != Kind::Stalled {
            assert_eq!(found(to_desk).unwrap().since, day(to_group), "{kind:?}");
        }
    }
}

#[test]
fn one_who_is_left_alone_cannot_act() {
    let lonely = with(three(), |group| {
        group.members.truncate(1);
        group.least = 1;
    });
    let program = program(vec![lonely]);
    let kinds = |on| warnings(&program, day(on)).into_iter().map(|one| one.kind).collect::<Vec<_>>();
    assert_eq!(kinds(9), [Kind::Nobody], "not before the day that counts");
    assert_eq!(kinds(10), [Kind::Nobody, Kind::NoDate]);
    // What it is told of on the day that counts is on the desk that day.
    let mut stalled = program.clone();
    stalled.groups[0].meetings = met(&[8]).meetings;
    assert!(warnings(&stalled, day(21)).iter().any(|one| one.kind == Kind::Stalled));
}

pub(crate) fn person(name: &str, change: impl FnOnce(&mut PersonFacts)) -> PersonFacts {
    let mut person = PersonFacts {
        id: ParticipationId::generate(),
        name: name.to_owned(),
        state: ParticipationState::Joined,
        invited_on: day(-40),
        joined_on: Some(day(-38)),
        placed: true,
        backed_until: Some(day(200)),
        asked: Some(Asked { state: RequestState::Approved, on: day(-30), decided_on: None }),
    };
    change(&mut person);
    person
}

#[test]
fn what_concerns_approvals_is_on_the_desk_at_once() {
    let pending = |on| {
        person("Ana", |one| {
            one.backed_until = None;
            one.asked = Some(Asked { state: RequestState::Pending, on: day(on), decided_on: None });
        })
    };
    let ends = |on| person("Bo", |one| one.backed_until = Some(day(on)));
    // Taken back from a day far ahead: known now.
    let revoked = person("Cy", |one| {
        one.backed_until = Some(day(140));
        one.asked = Some(Asked { state: RequestState::Revoked, on: day(0), decided_on: None });
    });
    let kinds = |people: Vec<PersonFacts>, on: i64| -> Vec<Kind> {
        let program = ProgramFacts { people, ..program(vec![a()]) };
        warnings(&program, day(on)).into_iter().map(|one| one.kind).collect()
    };
    assert_eq!(kinds(vec![pending(80)], 90), []);
    assert_eq!(kinds(vec![pending(80)], 91), [Kind::Unanswered], "asked more than ten days ago");
    let backed_still = |on| {
        person("Di", |one| one.asked = Some(Asked { state: RequestState::Pending, on: day(on), decided_on: None }))
    };
    assert_eq!(kinds(vec![backed_still(80)], 91), [Kind::Unanswered], "for the time after the yes that holds");
    assert_eq!(kinds(vec![ends(115)], 93), []);
    assert_eq!(kinds(vec![ends(115)], 94), [Kind::BackingEnds]);
    assert_eq!(kinds(vec![revoked], 94), [Kind::BackingEnds]);
    assert!(!kinds(vec![ends(151)], 140).contains(&Kind::BackingEnds), "it lasts as long as the program");
}

/// A group's name, the kind, the numbers.
type Told<'a> = (&'a str, &'a str, Vec<(&'static str, f64)>);

#[test]
fn the_worked_example_warns_in_numbers() {
    let mut program = program(vec![a(), b(), c()]);
    program.people = vec![person("Priya", |_| ())];
    let told: Vec<Told<'_>> = warnings(&program, today())
        .iter()
        .map(|one| {
            let group = program.groups.iter().find(|group| Some(group.id) == one.group).unwrap();
            (group.name.as_str(), one.kind.code(), one.numbers.clone())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("Night Desk", "two_misses", vec![("first_day", 52.0), ("second_day", 73.0), ("momentum", 0.0)]),
            ("Night Desk", "lost_member", vec![("left_day", 45.0), ("last_met_day", 31.0)]),
            ("Card Catalog", "informal_over", vec![("points", 10.0)]),
            ("Night Desk", "off_goal", vec![("on_goal", 24.0)]),
            ("Night Desk", "informal_over", vec![("points", 9.0)]),
        ]
    );
    // On the desk, a group is one thing.
    let things = things(&program, today());
    assert_eq!(things.iter().map(|thing| thing.warnings.len()).collect::<Vec<_>>(), [4, 1]);
}

#[test]
fn a_yes_that_is_taken_back_is_on_the_desk_of_a_program_without_groups() {
    let revoked = |state| {
        let one = person("Cy", |one| {
            (one.state, one.placed, one.backed_until) = (state, false, Some(day(-12)));
            one.asked = Some(Asked { state: RequestState::Revoked, on: day(-30), decided_on: Some(day(-11)) });
        });
        let program = ProgramFacts { people: vec![one], state: ProgramState::Open, ..program(Vec::new()) };
        warnings(&program, day(-10)).into_iter().map(|one| (one.kind, one.since)).collect::<Vec<_>>()
    };
    assert_eq!(revoked(ParticipationState::Joined), [(Kind::BackingEnds, day(-11))]);
    assert_eq!(revoked(ParticipationState::OnHold), [(Kind::BackingEnds, day(-11))]);
    assert_eq!(revoked(ParticipationState::Withdrawn), []);
}

#[test]
fn one_way_is_said_of_those_who_are_here_and_from_the_day_on_which_it_began() {
    let mut group = with(met(&[8, 28]), |group| gave(group, 0, 1, 3));
    let gone = ParticipationId::generate();
    group.feedback.push(Given { from: gone, to: group.members[0].id, times: 3, last_on: day(90), known_on: day(90) });
    let since = |group: &GroupFacts| {
        let program = program(vec![group.clone()]);
        let all = of_group(program.term(), &program.groups[0], day(98));
        all.into_iter().find(|one| one.kind == Kind::OneSided).map(|one| one.since)
    };
    assert_eq!(since(&group), None, "three of the six items are of somebody who left");
    for on in [92, 96] {
        gave(&mut group, 0, 2, 1);
        group.feedback.last_mut().unwrap().known_on = day(on);
    }
    assert_eq!(since(&group), Some(day(92)), "one more of the same does not begin it anew");
}

#[test]
fn after_its_end_only_logs_are_asked_for() {
    let waits = with(met(&[8]), |group| group.meetings.push(meeting(140, Scheduled, 0, 3, &[])));
    let program = program(vec![waits]);
    let kinds = |on| of_group(program.term(), &program.groups[0], day(on)).into_iter().map(|one| one.kind);
    assert!(kinds(151).count() > 1);
    assert_eq!(kinds(152).collect::<Vec<_>>(), [Kind::Unlogged]);
}
