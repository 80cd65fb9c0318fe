//! The week of who coordinates: when its letter is due in zones that change their clocks, what it says of the worked
//! example, and until when a thing on the desk can be put off.
use crate::desk::{a, b, c, day, group, meeting, program, today, trip};
use crate::warnings::person;
use see_also::access::ProgramState;
use see_also::features::approvals::RequestState;
use see_also::features::desk::things;
use see_also::features::field_trips::{TripKind, TripState};
use see_also::features::progress::{Asked, MeetingState, ProgramFacts, Standing, standing, standing_then};
use see_also::features::putting_off::{PutOff, choices, sort_out};
use see_also::features::week_ahead::{due, is_late, week};
use time::macros::{date, datetime};

#[test]
fn it_is_due_on_monday_from_eight_to_seven_where_the_reader_lives() {
    let monday = date!(2026 - 03 - 09);
    // Chicago moved its clocks on the Sunday before, Berlin three weeks later.
    for (zone, first, last) in [
        ("America/Chicago", datetime!(2026-03-09 13:00 UTC), datetime!(2026-03-09 23:59 UTC)),
        ("Europe/Berlin", datetime!(2026-03-09 07:00 UTC), datetime!(2026-03-09 17:59 UTC)),
        ("Asia/Tokyo", datetime!(2026-03-08 23:00 UTC), datetime!(2026-03-09 09:59 UTC)),
    ] {
        let minute = time::Duration::MINUTE;
        assert_eq!(due(zone, first - minute), None, "{zone}");
        assert_eq!(due(zone, first), Some(monday), "{zone}");
        assert_eq!(due(zone, last), Some(monday), "{zone}");
        assert_eq!(due(zone, last + minute), None, "{zone}");
        assert!(!is_late(zone, monday, last) && !is_late(zone, monday, last + time::Duration::DAY), "{zone}");
        assert!(is_late(zone, monday, last + 2 * time::Duration::DAY), "{zone}");
    }
    assert_eq!(due("America/Chicago", datetime!(2026-03-02 13:59 UTC)), None, "still winter");
    assert_eq!(due("America/Chicago", datetime!(2026-03-02 14:00 UTC)), Some(date!(2026 - 03 - 02)));
    assert_eq!(due("Europe/Berlin", datetime!(2026-03-30 06:00 UTC)), Some(date!(2026 - 03 - 30)), "summer");
}

#[test]
fn it_says_what_changed_and_what_is_planned() {
    let mut program = program(vec![a(), b(), c()]);
    program.people = vec![person("Priya", |_| ())];
    let said = week(&program, &things(&program, today()), today());
    assert_eq!(said.how, "Week 15 of 22. Two of your three groups are meeting steadily. Night Desk has stalled.");
    assert_eq!(said.changed, ["One meeting was held."]);
    assert_eq!(said.ahead, ["One meeting is planned."]);
    assert_eq!(said.desk, "Two things on your desk. First: Night Desk has not met since 12 February.");
    // The week in which Night Desk's second date was known to be missed, and its desk heard of it.
    let said = week(&program, &things(&program, day(84)), day(84));
    assert!(said.changed.contains(&"One meeting was held.".to_owned()), "{said:?}");
    assert!(said.changed.iter().any(|line| line.contains("on your desk")), "{said:?}");
    program.people = vec![person("Priya", |one| one.backed_until = Some(day(99)))];
    let said = week(&program, &things(&program, today()), today());
    assert_eq!(said.desk, "Three things on your desk.", "nobody is named");
}

#[test]
fn a_thing_is_put_off_until_a_day_and_no_longer_than_it_stays_as_it_is() {
    let words = |on| choices(on).into_iter().map(|one| one.until).collect::<Vec<_>>();
    assert_eq!(words(date!(2026 - 04 - 22)), [date!(2026 - 04 - 23), date!(2026 - 04 - 27), date!(2026 - 05 - 06)]);
    assert_eq!(words(date!(2026 - 04 - 26)).len(), 2, "on a Sunday, tomorrow is Monday");

    let program = program(vec![a(), b(), c()]);
    let all = things(&program, today());
    let night = all.iter().find(|thing| thing.title.starts_with("Night Desk")).unwrap();
    let mut put_off: Vec<PutOff> = night
        .warnings
        .iter()
        .map(|warning| PutOff {
            program_id: program.id,
            kind: warning.kind,
            group: warning.group,
            person: warning.person,
            degree: warning.degree,
            until: day(105),
            by: "Imogen".to_owned(),
        })
        .collect();
    let away = |put_off: &[PutOff], on: i64| {
        let sorted = sort_out(program.id, things(&program, today()), put_off, day(on));
        sorted.away.iter().map(|away| away.thing.title.clone()).collect::<Vec<_>>()
    };
    assert_eq!(away(&put_off, 98), ["Night Desk has not met since 12 February"]);
    assert_eq!(away(&put_off, 104).len(), 1);
    assert_eq!(away(&put_off, 105).len(), 0, "on its day");
    put_off[0].degree -= 1;
    assert_eq!(away(&put_off, 98).len(), 0, "it got worse");
    put_off[0].degree += 2;
    assert_eq!(away(&put_off, 98).len(), 1, "it got better");
    put_off.remove(1);
    assert_eq!(away(&put_off, 98).len(), 0, "another kind has come");
}

#[test]
fn what_has_stood_for_a_month_is_not_new() {
    let silent = person("Ana", |one| {
        one.backed_until = None;
        one.asked = Some(Asked { state: RequestState::Pending, on: day(60), decided_on: None });
    });
    let program = ProgramFacts { people: vec![silent], state: ProgramState::Open, ..program(Vec::new()) };
    let new_on = |on: i64| week(&program, &things(&program, day(on)), day(on)).changed.join(" ").contains("is new");
    assert!(new_on(71), "in the week in which it was too long");
    assert!(!new_on(90));
}

#[test]
fn a_meeting_that_was_ahead_then_was_ahead_though_it_is_held_now() {
    let mut steady = group("Maps and data", &["Ana", "Bo", "Cy"]);
    steady.meetings = [8, 28, 50, 72, 95].map(|on| meeting(on, MeetingState::Held, 3, 3, &[])).to_vec();
    assert_eq!(standing(&steady, 21, day(91)), Standing::GoingQuiet, "by what is held now");
    assert_eq!(standing_then(&steady, 21, day(91)), Standing::Steady);
}

#[test]
fn what_was_put_off_does_not_hide_another_case() {
    let put_off = |program: &ProgramFacts, on: i64| -> Vec<PutOff> {
        let all = things(program, day(on));
        let of = all.iter().flat_map(|thing| &thing.warnings);
        of.map(|warning| PutOff {
            program_id: program.id,
            kind: warning.kind,
            group: warning.group,
            person: warning.person,
            degree: warning.degree,
            until: day(on + 90),
            by: "Imogen".to_owned(),
        })
        .collect()
    };
    let here = |program: &ProgramFacts, off: &[PutOff], on: i64| {
        sort_out(program.id, things(program, day(on)), off, day(on)).here.len()
    };
    // A trip; it takes place, and the next one waits.
    let mut with_trip = program(vec![a()]);
    with_trip.people = vec![person("Priya", |_| ())];
    with_trip.groups[0].trips = vec![trip(TripKind::SiteVisit, 100, TripState::Planned)];
    let off = put_off(&with_trip, 98);
    assert_eq!((off.len(), here(&with_trip, &off, 98)), (1, 0));
    with_trip.groups[0].trips[0].day = day(105);
    assert_eq!(here(&with_trip, &off, 98), 1, "another day");
    // One who said no is not the other who says no later.
    let no = |name, on| {
        person(name, |one| {
            one.backed_until = None;
            one.asked = Some(Asked { state: RequestState::Declined, on: day(80), decided_on: Some(day(on)) });
        })
    };
    let mut open = ProgramFacts { state: ProgramState::Open, people: vec![no("Ana", 85)], ..program(Vec::new()) };
    let off = put_off(&open, 90);
    assert_eq!((off.len(), here(&open, &off, 90)), (1, 0));
    open.people = vec![no("Bo", 92)];
    assert_eq!(here(&open, &off, 95), 1);
}
