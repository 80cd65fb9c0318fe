//! Figures, the word for a group, the sentence and the warnings, on the worked example: three
//! groups of a spring program that began on 12 January, seen on day 98.
use see_also::access::ProgramState;
use see_also::base::ids::{FieldTripId, GroupId, MeetingId, ParticipationId, ProgramId};
use see_also::features::desk::{sentence, things, warnings};
use see_also::features::field_trips::{TripKind, TripState};
use see_also::features::progress::{
    ActionFacts, Given, GoalFacts, GroupFacts, ItemKind, KindMinutes, MeetingFacts, MeetingState, MemberFacts,
    ProgramFacts, Standing, TripFacts, Weeks,
    figures::{self, Share},
    momentum, slip, standing,
};
use time::{Date, Duration, macros::date};

const START: Date = date!(2026 - 01 - 12);
const RHYTHM: i64 = 21;

pub(crate) fn day(offset: i64) -> Date {
    START + Duration::days(offset)
}

pub(crate) fn today() -> Date {
    day(98)
}

/// Kind, planned, actual, with a goal.
pub(crate) type Item = (ItemKind, i32, i32, bool);

pub(crate) fn meeting(on: i64, state: MeetingState, present: i32, members_then: i32, items: &[Item]) -> MeetingFacts {
    let held = state == MeetingState::Held;
    let mut agenda: Vec<KindMinutes> = Vec::new();
    for (kind, planned, actual, goal) in items {
        let actual = if held { *actual } else { 0 };
        agenda.push(KindMinutes { kind: *kind, planned: *planned, actual, with_goal: if *goal { actual } else { 0 } });
    }
    MeetingFacts {
        id: MeetingId::generate(),
        day: day(on),
        starts_at: day(on).midnight().assume_utc(),
        ends_at: day(on).midnight().assume_utc() + Duration::hours(1),
        state,
        logged_on: None,
        minutes: items.iter().map(|item| item.2).sum(),
        present,
        members_then,
        agenda,
    }
}

pub(crate) fn trip(kind: TripKind, on: i64, state: TripState) -> TripFacts {
    TripFacts {
        id: FieldTripId::generate(),
        kind,
        day: day(on),
        state,
        was_confirmed: true,
        cost_cents: 0,
        host_waits: false,
        supervisor_waits: false,
        waits_since: day(0),
    }
}

pub(crate) fn group(name: &str, members: &[&str]) -> GroupFacts {
    GroupFacts {
        id: GroupId::generate(),
        program_id: ProgramId::generate(),
        name: name.to_owned(),
        members: members
            .iter()
            .map(|name| MemberFacts {
                id: ParticipationId::generate(),
                name: (*name).to_owned(),
                email: format!("{name}@larkspur.example"),
                backed_until: Some(date!(2026 - 06 - 12)),
                needs_none: false,
            })
            .collect(),
        resting: Vec::new(),
        began_on: Some(START),
        last_left_on: None,
        least: 2,
        kept_small: None,
        agreement_since: Some(START),
        meetings: Vec::new(),
        actions: Vec::new(),
        trips: Vec::new(),
        goals: Vec::new(),
        feedback: Vec::new(),
    }
}

pub(crate) fn gave(group: &mut GroupFacts, from: usize, to: usize, times: i32) {
    let (from, to) = (group.members[from].id, group.members[to].id);
    group.feedback.push(Given { from, to, times, last_on: day(90), known_on: day(90) });
}

fn goal(group: &mut GroupFacts, elements: i32) {
    group.goals.push(GoalFacts { owner: None, agreed_on: day(10), elements });
}

use ItemKind::{CheckIn, FeedbackRound, GoalWork, Informal, Logistics, Theme, Trip, WrapUp};
use MeetingState::{Cancelled, Held, NotHeld, Scheduled};

/// Reading Room: Priya, Marcus and Hana.
pub(crate) fn a() -> GroupFacts {
    let mut a = group("Reading Room", &["Priya", "Marcus", "Hana"]);
    a.meetings = vec![
        meeting(
            8,
            Held,
            3,
            3,
            &[
                (CheckIn, 10, 12, false),
                (Logistics, 20, 22, false),
                (GoalWork, 20, 18, true),
                (Informal, 5, 5, false),
                (WrapUp, 5, 3, false),
            ],
        ),
        meeting(
            28,
            Held,
            3,
            3,
            &[
                (CheckIn, 5, 6, false),
                (GoalWork, 25, 24, true),
                (FeedbackRound, 15, 14, true),
                (Informal, 10, 9, false),
                (WrapUp, 5, 5, false),
            ],
        ),
        meeting(
            49,
            Held,
            3,
            3,
            &[
                (CheckIn, 5, 5, false),
                (Trip, 20, 24, true),
                (FeedbackRound, 15, 12, true),
                (GoalWork, 10, 8, true),
                (Informal, 5, 6, false),
                (WrapUp, 5, 4, false),
            ],
        ),
        meeting(
            70,
            Held,
            2,
            3,
            &[
                (CheckIn, 5, 7, false),
                (Theme, 15, 14, false),
                (GoalWork, 25, 22, true),
                (Informal, 10, 12, false),
                (WrapUp, 5, 4, false),
            ],
        ),
        meeting(
            91,
            Held,
            3,
            3,
            &[
                (CheckIn, 5, 5, false),
                (FeedbackRound, 20, 21, true),
                (GoalWork, 20, 20, true),
                (Informal, 10, 9, false),
                (WrapUp, 5, 5, false),
            ],
        ),
        meeting(112, Scheduled, 0, 3, &[(CheckIn, 5, 0, false), (GoalWork, 55, 0, true)]),
    ];
    a.trips = vec![
        trip(TripKind::Observation, 42, TripState::Reported),
        trip(TripKind::Observation, 66, TripState::Reported),
        trip(TripKind::Observation, 105, TripState::Confirmed),
    ];
    for (from, to, times) in [(0, 1, 2), (1, 0, 1), (2, 1, 1), (2, 0, 1), (0, 2, 1), (1, 2, 1)] {
        gave(&mut a, from, to, times);
    }
    goal(&mut a, 6);
    a
}

/// Card Catalog: Tobias, Aaliyah, Joaquín and Wren.
pub(crate) fn b() -> GroupFacts {
    let mut b = group("Card Catalog", &["Tobias", "Aaliyah", "Joaquín", "Wren"]);
    b.meetings = vec![
        meeting(
            14,
            Held,
            4,
            4,
            &[
                (CheckIn, 15, 20, false),
                (Logistics, 20, 20, false),
                (GoalWork, 30, 25, true),
                (Informal, 15, 18, false),
                (WrapUp, 10, 7, false),
            ],
        ),
        meeting(
            35,
            Held,
            4,
            4,
            &[
                (CheckIn, 10, 15, false),
                (Theme, 20, 18, false),
                (Trip, 30, 22, true),
                (Informal, 20, 28, false),
                (WrapUp, 10, 6, false),
            ],
        ),
        meeting(
            56,
            Held,
            3,
            4,
            &[
                (CheckIn, 10, 14, false),
                (GoalWork, 30, 20, true),
                (Theme, 20, 18, false),
                (Informal, 20, 30, false),
                (WrapUp, 10, 8, false),
            ],
        ),
        meeting(
            80,
            Held,
            4,
            4,
            &[
                (CheckIn, 10, 12, false),
                (Trip, 35, 36, true),
                (FeedbackRound, 15, 8, true),
                (Informal, 20, 28, false),
                (WrapUp, 10, 6, false),
            ],
        ),
        meeting(101, Scheduled, 0, 4, &[(CheckIn, 10, 0, false), (GoalWork, 45, 0, true)]),
    ];
    b.trips =
        vec![trip(TripKind::SiteVisit, 63, TripState::Reported), trip(TripKind::SiteVisit, 112, TripState::Confirmed)];
    for (from, to) in [(1, 2), (2, 1), (0, 3)] {
        gave(&mut b, from, to, 1);
    }
    goal(&mut b, 4);
    b
}

/// Night Desk: Delphine and Kit; Simone left on day 45.
pub(crate) fn c() -> GroupFacts {
    let mut c = group("Night Desk", &["Delphine", "Kit"]);
    c.last_left_on = Some(day(45));
    c.meetings = vec![
        meeting(
            10,
            Held,
            3,
            3,
            &[
                (CheckIn, 5, 6, false),
                (Logistics, 15, 17, false),
                (GoalWork, 15, 12, true),
                (Informal, 5, 6, false),
                (WrapUp, 5, 4, false),
            ],
        ),
        meeting(
            31,
            Held,
            2,
            3,
            &[(CheckIn, 10, 14, false), (GoalWork, 20, 10, true), (Informal, 10, 17, false), (WrapUp, 5, 4, false)],
        ),
        meeting(52, NotHeld, 0, 2, &[(CheckIn, 10, 0, false), (GoalWork, 25, 0, true), (WrapUp, 10, 0, false)]),
        meeting(73, Cancelled, 0, 2, &[]),
    ];
    c.trips = vec![trip(TripKind::SiteVisit, 59, TripState::Cancelled)];
    gave(&mut c, 0, 1, 1);
    goal(&mut c, 2);
    c
}

pub(crate) fn program(groups: Vec<GroupFacts>) -> ProgramFacts {
    ProgramFacts {
        id: ProgramId::generate(),
        name: "Peer Mentoring, Spring 2026".to_owned(),
        state: ProgramState::Active,
        time_zone: "America/Chicago".to_owned(),
        starts_on: START,
        ends_on: day(151),
        rhythm_days: RHYTHM,
        group_min: 2,
        approval_required: true,
        created_on: day(-60),
        opened_on: Some(day(-40)),
        people: Vec::new(),
        groups,
    }
}

#[track_caller]
fn near(figure: Option<f64>, expected: f64) {
    let figure = figure.unwrap();
    assert!((figure - expected).abs() < 0.0006, "{figure} is not {expected}");
}

#[test]
fn the_figures_of_the_worked_example() {
    for (group, held, minutes, on_goal, on_purpose, informal, planned, drift, attendance, first, cadence) in [
        (a(), 5, 296, 0.551, 0.598, 0.139, 0.133, 0.045, 0.933, 8, 1.25),
        (b(), 4, 359, 0.309, 0.409, 0.29, 0.208, 0.126, 0.938, 14, 1.0),
        (c(), 2, 90, 0.244, 0.244, 0.256, 0.167, 0.167, 0.833, 10, 0.5),
    ] {
        let all = &group.meetings;
        assert_eq!(figures::held(all), held);
        assert_eq!(figures::minutes(all), minutes);
        near(figures::on_goal(all).value(), on_goal);
        near(figures::on_purpose(all).value(), on_purpose);
        near(figures::informal(all).value(), informal);
        near(figures::informal_planned(all).value(), planned);
        near(figures::drift(all), drift);
        near(figures::attendance(all).value(), attendance);
        assert_eq!(figures::first_meeting_day(all, START), Some(first));
        near(figures::cadence(all, 98, RHYTHM).value(), cadence);
    }
}

#[test]
fn program_figures_are_pooled_sums() {
    let groups = [a(), b(), c()];
    let all = || groups.iter().flat_map(|group| &group.meetings);
    assert_eq!((figures::held(all()), figures::minutes(all())), (11, 745));
    near(figures::on_goal(all()).value(), 0.397);
    near(figures::on_purpose(all()).value(), 0.464);
    near(figures::informal(all()).value(), 0.226);
    near(figures::informal_planned(all()).value(), 0.173);
    near(figures::drift(all()), 0.094);
    near(figures::attendance(all()).value(), 0.919);
    let cadence: Share = groups.iter().map(|group| figures::cadence(&group.meetings, 98, RHYTHM)).sum();
    near(cadence.value(), 0.917);
    let completed: Share = groups.iter().map(|group| figures::trip_completion(&group.trips, today())).sum();
    assert_eq!(completed, Share { num: 3, den: 4 });
}

#[test]
fn momentum_weighs_meetings_actions_and_the_next_date() {
    for (group, done, due, expected) in [(a(), 4, 5, 94.0), (b(), 3, 6, 68.3), (c(), 0, 2, 0.0)] {
        let momentum = figures::momentum(&group.meetings, Share { num: done, den: due }, RHYTHM, today());
        assert!((momentum - expected).abs() < 0.05, "{momentum} is not {expected}");
    }
    // Without actions the other weights share their part.
    let momentum = figures::momentum(&a().meetings, Share::default(), RHYTHM, today());
    assert!((momentum - 100.0).abs() < 0.01, "{momentum}");
}

#[test]
fn actions_count_where_they_were_due_in_the_last_two_periods() {
    let t = today();
    let due = |days_ago: i64, done_days_ago: Option<i64>| ActionFacts {
        due_on: t - Duration::days(days_ago),
        done_on: done_days_ago.map(|days| t - Duration::days(days)),
    };
    let all = [
        due(0, Some(0)),
        due(2 * RHYTHM - 1, Some(3)),
        // Not done, or only after t.
        due(1, None),
        due(5, Some(-1)),
        // Due before, or still to come.
        due(2 * RHYTHM, Some(60)),
        due(-1, Some(1)),
    ];
    assert_eq!(figures::actions(&all, RHYTHM, t), Share { num: 2, den: 4 });
    assert_eq!(figures::actions(&[], RHYTHM, t).value(), None);
    // A group that does what it says it would is further on than one that does not.
    let with = |done_on| GroupFacts { actions: vec![ActionFacts { due_on: t, done_on }], ..c() };
    assert!(momentum(&with(Some(t)), RHYTHM, t) > momentum(&with(None), RHYTHM, t));
}

#[test]
fn reciprocity_is_of_the_group() {
    for (group, expected) in [(a(), 0.857), (b(), 0.667), (c(), 0.0)] {
        let members: Vec<_> = group.members.iter().map(|member| member.id).collect();
        near(figures::reciprocity(&group.feedback, &members).value(), expected);
    }
    assert_eq!(figures::reciprocity(&[], &[ParticipationId::generate()]).value(), None);
}

#[test]
fn nothing_to_divide_by_is_no_figure() {
    let none: [MeetingFacts; 0] = [];
    assert_eq!(figures::on_goal(&none), Share::default());
    assert_eq!(figures::on_goal(&none).value(), None);
    assert_eq!(figures::on_goal(&none).words(), "–");
    assert_eq!(figures::drift(&none), None);
    assert_eq!(figures::first_meeting_day(&none, START), None);
}

#[test]
fn a_group_is_steady_going_quiet_or_stalled() {
    assert_eq!(standing(&a(), RHYTHM, today()), Standing::Steady);
    assert_eq!(standing(&b(), RHYTHM, today()), Standing::Steady);
    assert_eq!(standing(&c(), RHYTHM, today()), Standing::Stalled);
    let mut quiet = a();
    quiet.meetings.pop();
    quiet.meetings.pop();
    quiet.meetings.push(meeting(112, Scheduled, 0, 3, &[]));
    assert_eq!(standing(&quiet, RHYTHM, today()), Standing::GoingQuiet);
}

#[test]
fn a_young_group_has_just_started_whatever_it_did() {
    let mut young = group("Maps and data", &["Ana", "Bo"]);
    young.began_on = Some(day(90));
    assert_eq!(standing(&young, RHYTHM, today()), Standing::JustStarted);
    young.meetings.push(meeting(95, Held, 2, 2, &[]));
    assert_eq!(standing(&young, RHYTHM, today()), Standing::JustStarted);
}

#[test]
fn a_missing_log_is_no_silence_for_a_week() {
    let mut group = a();
    group.meetings.retain(|meeting| meeting.day < day(91));
    group.meetings.push(meeting(91, Scheduled, 0, 3, &[]));
    assert_eq!(standing(&group, RHYTHM, day(91)), Standing::Steady, "on the day itself");
    assert_eq!(standing(&group, RHYTHM, day(98)), Standing::Steady, "while the log may still come");
    assert_eq!(standing(&group, RHYTHM, day(120)), Standing::Stalled);
}

#[test]
fn the_sentence_says_where_the_program_is_and_who_has_stalled() {
    let said = sentence(&program(vec![b(), c(), a()]), today());
    assert_eq!(said.text(), "Week 15 of 22. Two of your three groups are meeting steadily. Night Desk has stalled.");
    assert!(said.pieces.iter().any(|piece| piece.red && piece.text == "Night Desk"));
    let mut draft = program(Vec::new());
    draft.state = ProgramState::Draft;
    assert!(sentence(&draft, today()).text().starts_with("Nothing is open yet."));
    let mut open = program(Vec::new());
    open.state = ProgramState::Open;
    assert_eq!(sentence(&open, day(-5)).text(), "It starts in five days. Nobody has been invited yet.");
    assert_eq!(sentence(&program(vec![a()]), today()).text(), "Week 15 of 22. Your group is meeting steadily.");
}

#[test]
fn the_desk_warns_of_what_the_facts_show() {
    let program = program(vec![b(), c(), a()]);
    let about = |name: &str| -> Vec<String> {
        things(&program, today())
            .into_iter()
            .filter(|thing| thing.title.contains(name))
            .map(|thing| format!("{}. {}", thing.title, thing.text))
            .collect()
    };
    assert_eq!(about("Reading Room"), Vec::<String>::new());
    assert_eq!(
        about("Card Catalog"),
        [
            "Card Catalog catches up for longer than planned. Catching up took 32 % of the last two meetings, with 22 % planned."
        ]
    );
    assert_eq!(
        about("Night Desk"),
        [
            "Night Desk has not met since 12 February. The last two dates came and went. It lost a member on 26 February. \
          24 % of the last two meetings went to a goal. Catching up took 26 % of the last two meetings, with 17 % planned."
        ]
    );
}

#[test]
fn a_meeting_that_was_moved_was_not_missed() {
    let mut moved = c();
    moved.meetings.push(meeting(78, Held, 2, 2, &[]));
    let found = warnings(&program(vec![moved]), today());
    assert!(!found.iter().any(|warning| warning.text.contains("came and went")), "{found:?}");
}

#[test]
fn a_new_group_is_asked_for_a_date_and_then_for_a_meeting() {
    let mut new = group("Maps and data", &["Ana", "Bo"]);
    new.began_on = Some(day(90));
    let titles = |group: &GroupFacts, on: Date| -> Vec<String> {
        let mut program = program(vec![group.clone()]);
        program.ends_on = day(400);
        warnings(&program, on).into_iter().map(|one| one.title).filter(|title| title.contains("Maps")).collect()
    };
    assert_eq!(titles(&new, day(99)), Vec::<String>::new());
    assert_eq!(titles(&new, day(100)), ["Maps and data has no first date"]);
    assert_eq!(titles(&new, day(111)), ["Maps and data has not met yet"]);
    new.meetings.push(meeting(105, Scheduled, 0, 2, &[]));
    assert_eq!(titles(&new, day(100)), Vec::<String>::new());
}

#[test]
fn the_date_slip_draws_one_square_a_week() {
    let weeks = Weeks::between(START, day(151), today());
    let slip = slip(&c(), weeks, today());
    assert_eq!((slip.weeks.len(), slip.width), (22, 524));
    let marked = |is: fn(&see_also::features::progress::Week) -> bool| -> Vec<usize> {
        slip.weeks.iter().enumerate().filter(|(_, week)| is(week)).map(|(at, _)| at).collect()
    };
    assert_eq!(marked(|week| week.met), [1, 4]);
    assert_eq!(marked(|week| week.missed), [7, 10]);
    assert_eq!(marked(|week| week.trip), Vec::<usize>::new(), "a cancelled trip is not drawn");
    assert_eq!(slip.now_x.as_deref(), Some("334.0"));
    assert_eq!(slip.label, "Night Desk: met on 22 January and 12 February; missed on 5 March and 26 March.");
    assert!(slip.months.iter().all(|m| m.x >= 334 + 20 || m.x + 28 <= 334 - 16), "{:?}", slip.months);
}

/// A program that begins at the end of November, on its first day: "Now" stands at the left edge and hides no month.
#[test]
fn a_month_beside_now_is_named() {
    let date = |year, month, day| time::Date::from_calendar_date(year, month, day).unwrap();
    let (first, last) = (date(2026, time::Month::November, 26), date(2027, time::Month::February, 26));
    let slip = see_also::features::progress::frame(Weeks::between(first, last, first), first);
    let read: Vec<(&str, bool)> = slip.months.iter().map(|month| (month.name, month.after_now)).collect();
    assert_eq!(read, [("Dec", true), ("Jan", true), ("Feb", true)]);
    // A first month that is nearly over makes room for the next.
    let (first, now) = (date(2026, time::Month::January, 29), date(2026, time::Month::April, 9));
    let slip = see_also::features::progress::frame(Weeks::between(first, date(2026, time::Month::May, 28), now), now);
    let read: Vec<(&str, bool)> = slip.months.iter().map(|month| (month.name, month.after_now)).collect();
    assert_eq!(read, [("Feb", false), ("Mar", false), ("May", true)]);
}

#[test]
fn a_long_program_shows_the_weeks_around_now() {
    let weeks = Weeks::between(START, day(728), day(400));
    assert_eq!(weeks.count, 30);
    assert!(weeks.first < day(400) && weeks.first + Duration::days(210) > day(400));
    let frame = see_also::features::progress::frame(weeks, day(400));
    assert!(frame.now_x.is_some());
}

#[test]
fn an_agreement_that_is_missing_after_the_second_meeting_reaches_the_desk_3_days_later() {
    let mut new = group("Maps and data", &["Ana", "Bo"]);
    new.agreement_since = None;
    let on_the_desk = |group: &GroupFacts, on: Date| {
        let program = program(vec![group.clone()]);
        let all = warnings(&program, on);
        all.iter()
            .any(|one| one.title.contains("no agreement in force") || one.text.contains("No agreement is in force"))
    };
    new.meetings.push(meeting(5, Held, 2, 2, &[]));
    assert_eq!(new.agreement_was_due(day(20)), None, "the first meeting may pass without one");
    new.meetings.push(meeting(12, Held, 2, 2, &[]));
    assert_eq!(new.agreement_was_due(day(11)), None);
    assert_eq!(new.agreement_was_due(day(12)), Some(day(12)), "the group reads it on that day");
    assert!(!on_the_desk(&new, day(14)));
    assert!(on_the_desk(&new, day(15)));
    new.agreement_since = Some(day(15));
    assert!(!on_the_desk(&new, day(15)));
}
