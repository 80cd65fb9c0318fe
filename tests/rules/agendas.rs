//! Rules of agendas: templates that add up, leads that take turns, what is kept for catching up; and when a
//! coffee meeting is offered.
use see_also::{
    base::ids::{AgendaItemId, FieldTripId, GoalId, MeetingId, ParticipationId, ThemeId},
    features::{
        agenda_templates::{
            DayTheme, GoalChoice, Led, Material, Template, TripChoice, Turns, drafts, is_untouched, make_room,
        },
        agendas::{lacks_goal_time, may_run_over},
        coffee::{Ran, offer},
        meetings::{Draft, Item, ItemKind, ItemState},
    },
};
use time::{OffsetDateTime, macros::date, macros::datetime};

const NOW: OffsetDateTime = datetime!(2026-03-02 18:00 UTC);

fn people<const N: usize>() -> [ParticipationId; N] {
    std::array::from_fn(|_| ParticipationId::generate())
}

fn goal(owner_id: Option<ParticipationId>) -> GoalChoice {
    GoalChoice {
        id: GoalId::generate(),
        title: "A goal".into(),
        owner_id,
        owner_name: None,
        is_agreed: true,
        worded_at: NOW,
        was_before_me: false,
    }
}

fn material(length: i32, goals: usize) -> Material {
    Material {
        goals: (0..goals).map(|_| goal(None)).collect(),
        trips: Vec::new(),
        debrief: None,
        theme: None,
        members: people::<4>().to_vec(),
        led: Vec::new(),
        met_before: true,
        day: date!(2026 - 03 - 09),
        length,
        carried: 0,
        informal: 10,
        now: NOW,
    }
}

fn trip(on_date: time::Date) -> TripChoice {
    TripChoice { id: FieldTripId::generate(), purpose: "See".into(), on_date }
}

fn shown(drafts: &[Draft]) -> Vec<(&str, &str, i32)> {
    drafts.iter().map(|draft| (draft.kind.as_str(), draft.title.as_str(), draft.minutes)).collect()
}

/// The agenda that a template makes.
fn items(drafts: &[Draft]) -> Vec<Item> {
    let item = |draft: &Draft| Item {
        id: AgendaItemId::generate(),
        kind: draft.kind,
        title: draft.title.clone(),
        planned_minutes: draft.minutes,
        goal_id: draft.goal_id,
        goal_owner_id: None,
        goal_owner_name: None,
        trip_id: draft.trip_id,
        trip_on: None,
        lead_id: draft.lead_id,
        lead_name: None,
        state: ItemState::Planned,
        actual_minutes: None,
        carried: draft.carried_from.is_some(),
        worded_on: date!(2026 - 03 - 02),
        was_before_me: false,
    };
    drafts.iter().map(item).collect()
}

#[test]
fn every_template_adds_up_to_the_meeting_however_long() {
    for length in 5..=720 {
        for carried in [0, 20, 45, length, length + 15] {
            let with = Material { carried, trips: vec![trip(date!(2026 - 03 - 05))], ..material(length, 1) };
            for template in Template::ALL {
                let drafts = drafts(*template, &with).unwrap();
                let sum: i32 = drafts.iter().map(|draft| draft.minutes).sum();
                assert_eq!(sum, (length - carried).max(0), "{template:?} {length} {carried}: {drafts:?}");
                assert!(drafts.iter().all(|draft| (1..=480).contains(&draft.minutes)), "{length}: {drafts:?}");
                assert!(is_untouched(&items(&drafts), &with), "{template:?} {length} {carried}");
            }
        }
    }
    let hour = drafts(Template::Goal, &material(60, 1)).unwrap();
    let kinds: Vec<_> = hour.iter().map(|draft| (draft.kind.as_str(), draft.minutes)).collect();
    assert_eq!(kinds, [("check_in", 5), ("goal_work", 40), ("informal", 10), ("wrap_up", 5)]);
}

#[test]
fn no_template_takes_from_what_is_kept_for_catching_up() {
    for carried in 0..=50 {
        let with = Material { carried, trips: vec![trip(date!(2026 - 03 - 05))], ..material(60, 1) };
        for template in Template::ALL {
            let drafts = drafts(*template, &with).unwrap();
            let kept: i32 =
                drafts.iter().filter(|draft| draft.kind == ItemKind::Informal).map(|draft| draft.minutes).sum();
            let wanted = if *template == Template::CatchUp { 60 - carried } else { 10 };
            assert_eq!(kept, wanted, "{template:?} with {carried} carried: {drafts:?}");
        }
    }
    let none = Material { informal: 0, ..material(60, 1) };
    assert!(drafts(Template::Goal, &none).unwrap().iter().all(|draft| draft.kind != ItemKind::Informal));
}

#[test]
fn without_a_goal_there_is_no_goal_time_and_without_a_trip_no_debrief() {
    let without = drafts(Template::Goal, &material(60, 0)).unwrap();
    assert!(lacks_goal_time(without.iter().map(|draft| draft.kind)));
    assert!(!lacks_goal_time([ItemKind::CheckIn, ItemKind::Theme]));
    assert_eq!(drafts(Template::AfterTrip, &material(60, 1)), None);
    // One that is still ahead of the meeting cannot be talked over at it.
    let ahead = Material { trips: vec![trip(date!(2026 - 03 - 20))], ..material(60, 1) };
    assert_eq!(drafts(Template::AfterTrip, &ahead), None);
    let seen = trip(date!(2026 - 03 - 05));
    let both = Material { trips: vec![trip(date!(2026 - 03 - 20)), seen.clone()], ..material(60, 1) };
    let debrief = drafts(Template::AfterTrip, &both).unwrap();
    assert_eq!(debrief.iter().find(|draft| draft.kind == ItemKind::Trip).unwrap().trip_id, Some(seen.id));
}

#[test]
fn without_a_goal_the_theme_of_the_day_is_the_matter() {
    let theme = |id: Option<ThemeId>, title: &str| DayTheme {
        id,
        title: title.into(),
        question: "What did you stop?".into(),
        starts_on: date!(2026 - 03 - 01),
        ends_on: date!(2026 - 03 - 31),
        worded_at: id.is_none().then_some(datetime!(2026-02-01 12:00 UTC)),
    };
    let with = |theme| drafts(Template::Goal, &Material { theme: Some(theme), ..material(60, 0) }).unwrap();
    let id = ThemeId::generate();
    let of_program = with(theme(Some(id), "Stopping"));
    assert_eq!((of_program[1].title.as_str(), of_program[1].theme_id), ("Stopping", Some(id)));
    // The group's own is as old as its words, and its words are not given to who came after them.
    let own = with(theme(None, "Our own"));
    assert_eq!((own[1].theme_id, own[1].worded_at), (None, datetime!(2026-02-01 12:00 UTC)));
    let unread = with(theme(None, ""));
    assert_eq!((unread[1].title.as_str(), unread[1].worded_at), ("Theme", NOW));
}

#[test]
fn a_group_begins_with_how_it_will_work() {
    let with = Material { met_before: false, ..material(60, 0) };
    let first = drafts(Template::First, &with).unwrap();
    assert_eq!(
        shown(&first),
        [
            ("check_in", "Check-in", 5),
            ("logistics", "How we work together: our agreement", 10),
            ("logistics", "What each of us wants to work on", 15),
            ("logistics", "Our rhythm: when and where we meet", 5),
            ("logistics", "How we give each other feedback", 10),
            ("informal", "Catching up", 10),
            ("wrap_up", "Wrap-up", 5),
        ]
    );
    let leads: Vec<_> = first.iter().filter_map(|draft| draft.lead_id).collect();
    assert_eq!(leads, with.members, "one part each");
    let with_goal = drafts(Template::First, &material(60, 1)).unwrap();
    assert_eq!(with_goal[2].kind, ItemKind::GoalWork);
}

#[test]
fn what_fits_best_is_offered_first() {
    let offered = |with: &Material| Template::offered(with).collect::<Vec<_>>();
    let new = Material { met_before: false, ..material(60, 1) };
    assert_eq!(offered(&new)[0], Template::First);
    let seen = trip(date!(2026 - 03 - 05));
    let back = Material { debrief: Some(seen.id), trips: vec![seen], ..material(60, 1) };
    assert_eq!(offered(&back)[..2], [Template::AfterTrip, Template::Goal]);
    let usual = offered(&material(60, 1));
    assert_eq!(usual[0], Template::Goal);
    assert!(!usual.contains(&Template::First), "it has met: {usual:?}");
    for with in [new, back, material(60, 1)] {
        let all = offered(&with);
        let once: std::collections::BTreeSet<_> = all.iter().map(|one| one.as_str()).collect();
        assert_eq!(all.len(), once.len());
        assert!(all.contains(&Template::CatchUp) && all.contains(&Template::Cases));
    }
}

#[test]
fn leads_even_out_over_meetings() {
    let mut with = material(60, 1);
    let mut led: std::collections::BTreeMap<ParticipationId, (i32, OffsetDateTime)> = std::collections::BTreeMap::new();
    for meeting in 0..12 {
        let template = [Template::Goal, Template::Feedback, Template::First][meeting % 3];
        let at = NOW + time::Duration::days(7 * i64::try_from(meeting).unwrap());
        for lead in drafts(template, &with).unwrap().iter().filter_map(|draft| draft.lead_id) {
            let of = led.entry(lead).or_insert((0, at));
            *of = (of.0 + 1, at);
        }
        with.led = led.iter().map(|(id, (times, last))| Led { lead_id: *id, times: *times, last: *last }).collect();
        let times = || with.members.iter().map(|id| led.get(id).map_or(0, |of| of.0));
        assert!(times().max().unwrap() - times().min().unwrap() <= 1, "after meeting {meeting}: {led:?}");
    }
    assert_eq!(led.values().map(|of| of.0).sum::<i32>(), 4 + 8 + 16);
    // Nobody leads check-in, catching up or wrap-up.
    let hour = drafts(Template::Goal, &with).unwrap();
    assert_eq!(hour.iter().filter(|draft| draft.lead_id.is_some()).count(), 1);
    // Of equal turns the longest ago comes first; whoever left or is away leads nothing.
    let [a, b, gone] = people();
    let led = |lead_id, day| Led { lead_id, times: 1, last: NOW.replace_day(day).unwrap() };
    let mut turns = Turns::of(&[a, b], &[led(a, 9), led(b, 2), led(gone, 1)]);
    assert_eq!([turns.next_lead(), turns.next_lead(), turns.next_lead()], [Some(b), Some(a), Some(b)]);
    assert_eq!(Turns::of(&[], &[]).next_lead(), None);
}

#[test]
fn each_case_has_its_own_lead_and_time_enough() {
    let mut with = material(60, 0);
    let owner = with.members[1];
    with.goals = vec![goal(Some(owner))];
    let round = drafts(Template::Cases, &with).unwrap();
    let cases: Vec<_> = round.iter().filter(|draft| draft.title.ends_with(" case")).collect();
    assert_eq!(cases.iter().map(|case| case.lead_id.unwrap()).collect::<Vec<_>>(), with.members);
    assert!(cases.iter().all(|case| case.minutes == 10), "{cases:?}");
    // Whoever has a goal works on it; the others are advised.
    for case in &cases {
        let on_goal = case.lead_id == Some(owner);
        assert_eq!(case.kind, if on_goal { ItemKind::GoalWork } else { ItemKind::FeedbackRound });
        assert_eq!(case.goal_id.is_some(), on_goal);
    }
    // More people than fit: those whose turn it is, and each of them ten minutes at least.
    let many = people::<7>();
    let led = many[..4].iter().map(|id| Led { lead_id: *id, times: 1, last: NOW }).collect();
    let full = Material { members: many.to_vec(), led, ..material(60, 0) };
    let leads: Vec<_> = drafts(Template::Cases, &full).unwrap().iter().filter_map(|draft| draft.lead_id).collect();
    assert_eq!(leads, [many[4], many[5], many[6], many[0]]);
}

#[test]
fn a_catch_up_is_nothing_else() {
    let coffee = drafts(Template::CatchUp, &material(30, 1)).unwrap();
    assert_eq!(shown(&coffee), [("informal", "Catching up", 30)]);
}

#[test]
fn an_agenda_is_untouched_until_somebody_says_something_else() {
    let with = material(60, 1);
    let mut agenda = items(&drafts(Template::Goal, &with).unwrap());
    assert!(is_untouched(&agenda, &with) && is_untouched(&[], &with));
    agenda[1].planned_minutes = 35;
    assert!(!is_untouched(&agenda, &with));
    agenda[1].planned_minutes = 40;
    agenda[1].title = "Ours".into();
    assert!(!is_untouched(&agenda, &with));
    // What was put off to it made the longest give room, and is nobody's change.
    let mut own = drafts(Template::Goal, &with).unwrap();
    own[1].minutes = 25;
    let mut agenda = items(&own);
    let mut carried = agenda[1].clone();
    (carried.carried, carried.planned_minutes, carried.title) = (true, 15, "From last time".into());
    agenda.insert(0, carried);
    assert!(is_untouched(&agenda, &Material { carried: 15, ..with.clone() }));
    agenda[2].planned_minutes = 24;
    assert!(!is_untouched(&agenda, &Material { carried: 15, ..with }));
}

#[test]
fn an_agenda_runs_over_only_as_far_as_was_said() {
    assert!(may_run_over(0, 0, None) && may_run_over(0, -5, None));
    assert!(!may_run_over(0, 10, None) && !may_run_over(-20, 1, None));
    assert!(may_run_over(0, 10, Some(10)) && !may_run_over(0, 15, Some(10)));
    // Less than what was confirmed before needs no new word; more does.
    assert!(may_run_over(10, 5, None) && !may_run_over(10, 11, None));
}

#[test]
fn what_is_carried_finds_room_but_never_in_the_time_for_catching_up() {
    let mut agenda =
        [(ItemKind::CheckIn, 5), (ItemKind::GoalWork, 40), (ItemKind::Informal, 10), (ItemKind::WrapUp, 5)];
    assert_eq!(make_room(&mut agenda, 60, 20), 20);
    assert_eq!(agenda.map(|(_, minutes)| minutes), [5, 20, 10, 5]);
    let mut full = [(ItemKind::CheckIn, 5), (ItemKind::Informal, 10)];
    assert_eq!(make_room(&mut full, 15, 20), 0, "it waits for the meeting after");
    assert_eq!(make_room(&mut [(ItemKind::GoalWork, 20)], 60, 30), 30, "what is free comes first");
}

fn ran(planned: i32, actual: i32) -> Ran {
    Ran { meeting_id: MeetingId::generate(), planned, actual, informal_only: false }
}

#[test]
fn three_in_a_row_over_the_plan_offer_a_coffee() {
    let over = [ran(10, 18), ran(10, 21), ran(10, 15)];
    let offered = offer(&over).unwrap();
    assert_eq!(offered.meeting, over[0].meeting_id.to_string(), "the latest");
    assert_eq!(
        offered.words,
        "Your last three meetings took 54 minutes for catching up, and you had kept 30 for it. You seem to be good company."
    );
    assert_eq!(offer(&over[..2]), None, "twice is no row");
    assert_eq!(offer(&[ran(10, 18), ran(10, 10), ran(10, 15)]), None, "as planned ends it");
    assert!(offer(&[ran(0, 5), ran(0, 5), ran(0, 5)]).unwrap().words.contains("kept none for it"));
    // A coffee meeting that ran long too is none of them.
    let coffee = Ran { informal_only: true, ..ran(30, 45) };
    assert_eq!(offer(&[coffee, ran(10, 18), ran(10, 21)]), None);
}
