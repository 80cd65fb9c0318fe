//! Rules of meetings: fair turns, logs that can be true, time told.
use see_also::{
    base::ids::{AgendaItemId, GroupId, MeetingId, ParticipationId, ProgramId},
    features::{
        did_you_meet::{Over, Round, due, to_ask},
        meeting_logs::{Log, LogProblem, SpentItem, TimeSpent, next_after},
        meetings::{
            ItemKind, Meeting, MeetingState, Mode, NotLoggable, Outcome, Roles, Turn, hours, roles_in_words,
            suggest_roles,
        },
        timekeeping::{ItemTime, Stage, stage},
    },
};
use time::{Duration, OffsetDateTime, macros::date, macros::datetime};

fn people<const N: usize>() -> [ParticipationId; N] {
    std::array::from_fn(|_| ParticipationId::generate())
}

fn turn(facilitator: ParticipationId, timekeeper: ParticipationId, note_taker: ParticipationId, day: u8) -> Turn {
    let roles = Roles { facilitator: Some(facilitator), timekeeper: Some(timekeeper), note_taker: Some(note_taker) };
    Turn { roles, starts_at: datetime!(2026-02-01 12:00 UTC).replace_day(day).unwrap() }
}

#[test]
fn the_first_roles_go_by_name_and_to_three_people() {
    let [hana, marcus, priya] = people();
    let roles = suggest_roles(&[hana, marcus, priya], &[]);
    assert_eq!(roles, Roles { facilitator: Some(hana), note_taker: Some(marcus), timekeeper: Some(priya) });
}

#[test]
fn turns_even_out_and_nobody_facilitates_and_takes_notes() {
    let members: [ParticipationId; 4] = people();
    let mut past = Vec::new();
    for day in 1..=12 {
        let roles = suggest_roles(&members, &past);
        assert!(!roles.doubles());
        past.push(Turn { roles, starts_at: datetime!(2026-02-01 12:00 UTC).replace_day(day).unwrap() });
    }
    for member in members {
        assert_eq!(past.iter().filter(|turn| turn.roles.facilitator == Some(member)).count(), 3);
        assert_eq!(past.iter().filter(|turn| turn.roles.note_taker == Some(member)).count(), 3);
    }
}

#[test]
fn of_equal_turns_the_longest_ago_comes_first() {
    let [a, b, c] = people();
    let past = [turn(b, c, a, 3), turn(a, b, c, 10), turn(c, a, b, 17)];
    assert_eq!(suggest_roles(&[a, b, c], &past).facilitator, Some(b));
    // The order in which they are read does not matter.
    assert_eq!(suggest_roles(&[a, b, c], &[past[2], past[0], past[1]]).facilitator, Some(b));
}

#[test]
fn two_people_share_three_roles_and_one_has_them_all() {
    let [a, b] = people();
    let roles = suggest_roles(&[a, b], &[]);
    assert_eq!((roles.facilitator, roles.note_taker), (Some(a), Some(b)));
    assert!(roles.timekeeper.is_some());
    assert!(suggest_roles(&[a], &[]).doubles());
    assert_eq!(suggest_roles(&[], &[]), Roles::default());
}

#[test]
fn roles_are_said_to_the_reader() {
    let [me, other] = people();
    let people = [Some((me, "Hana Sørby")), Some((other, "Priya Whitlock")), None];
    assert_eq!(roles_in_words(people, me, true), "You facilitated, Priya kept time.");
    let said = roles_in_words(people, me, false);
    assert_eq!(said, "You facilitate, Priya keeps time.");
}

fn meeting(roles: Roles) -> Meeting {
    Meeting {
        id: MeetingId::generate(),
        starts_at: datetime!(2026-03-02 18:00 UTC),
        ends_at: datetime!(2026-03-02 19:00 UTC),
        time_zone: "America/Chicago".into(),
        mode: Mode::InPerson,
        place: String::new(),
        state: MeetingState::Scheduled,
        not_held_reason: None,
        facilitator_id: roles.facilitator,
        facilitator_name: None,
        timekeeper_id: roles.timekeeper,
        timekeeper_name: None,
        note_taker_id: roles.note_taker,
        note_taker_name: None,
        overrun_confirmed: false,
        note: String::new(),
        created_at: datetime!(2026-02-01 18:00 UTC),
        actual_minutes: None,
        present: 0,
    }
}

fn log(present: &[ParticipationId], outcomes: &[Outcome]) -> Log {
    Log {
        present: present.to_vec(),
        items: outcomes.iter().map(|outcome| (AgendaItemId::generate(), *outcome)).collect(),
        note: String::new(),
        note_taker: None,
        moved: Vec::new(),
        acted: Vec::new(),
        is_another: false,
        was: None,
    }
}

#[test]
fn a_log_can_be_true() {
    let [a, b, c] = people();
    let all = [a, b, c];
    let plain = meeting(Roles::default());
    let done = [Outcome::Done(20), Outcome::Carried, Outcome::Done(38)];
    assert_eq!(log(&all, &done).check(&plain, &all), Ok(()));
    assert_eq!(log(&all, &done).actual_minutes(&plain), 58);
    assert_eq!(log(&all, &[]).actual_minutes(&plain), 60, "its own length when there was no agenda");
    assert_eq!(log(&[a], &done).check(&plain, &all), Err(LogProblem::TooFewCame));
    assert_eq!(log(&all, &done).check(&plain, &[a, b]), Err(LogProblem::Stranger));
    assert_eq!(log(&all, &[Outcome::Parked]).check(&plain, &all), Err(LogProblem::NothingDone));
    let twelve_hours = [Outcome::Done(400), Outcome::Done(320)];
    assert_eq!(log(&all, &twelve_hours).check(&plain, &all), Err(LogProblem::TwelveHours));
}

#[test]
fn three_people_do_not_let_one_facilitate_and_take_notes() {
    let [a, b, c] = people();
    let doubled = meeting(Roles { facilitator: Some(a), timekeeper: Some(b), note_taker: Some(a) });
    let done = [Outcome::Done(60)];
    assert_eq!(log(&[a, b, c], &done).check(&doubled, &[a, b, c]), Err(LogProblem::OneForTwoRoles));
    assert_eq!(log(&[a, b], &done).check(&doubled, &[a, b, c]), Ok(()));
    let settled = Log { note_taker: Some(c), ..log(&[a, b, c], &done) };
    assert_eq!(settled.check(&doubled, &[a, b, c]), Ok(()));
}

#[test]
fn a_meeting_is_logged_once_it_has_begun_and_changed_for_fourteen_days() {
    let mut meeting = meeting(Roles::default());
    let at = |instant: OffsetDateTime| instant;
    assert_eq!(meeting.loggable(at(datetime!(2026-03-02 17:59 UTC))), Err(NotLoggable::StillToCome));
    assert_eq!(meeting.loggable(at(datetime!(2026-03-02 18:00 UTC))), Ok(()));
    assert_eq!(meeting.loggable(at(datetime!(2026-06-01 18:00 UTC))), Ok(()), "late is better than never");
    meeting.state = MeetingState::Held;
    // 16 March ends in Chicago at five in the morning UTC.
    assert_eq!(meeting.loggable(at(datetime!(2026-03-17 04:59 UTC))), Ok(()));
    assert_eq!(meeting.loggable(at(datetime!(2026-03-17 05:00 UTC))), Err(NotLoggable::OnlyToRead));
}

#[test]
fn the_next_date_keeps_its_wall_time_over_the_change_of_clocks() {
    let meeting = meeting(Roles::default());
    // Noon in winter, noon in summer.
    let next = next_after(&meeting, 21, datetime!(2026-03-02 19:00 UTC)).unwrap();
    assert_eq!(next, datetime!(2026-03-23 12:00));
    // Logged late: the next date is one that is still to come.
    assert_eq!(next_after(&meeting, 21, datetime!(2026-04-20 15:00 UTC)), Some(datetime!(2026-05-04 12:00)));
    // A night when the clocks jump over it: no suggestion.
    let night = Meeting { starts_at: datetime!(2026-02-15 08:30 UTC), ..meeting };
    assert_eq!(next_after(&night, 21, datetime!(2026-02-15 09:00 UTC)), None);
}

#[test]
fn hours_are_said_in_both_zones_where_they_differ() {
    let meeting = meeting(Roles::default());
    assert_eq!(hours(&meeting, "America/Chicago"), "12:00–13:00");
    assert_eq!(
        hours(&meeting, "Europe/Berlin"),
        "12:00–13:00 Chicago time, which is 19:00–20:00 on your clock in Berlin"
    );
}

fn spent(id: MeetingId, kind: ItemKind, planned: i32, actual: i32) -> SpentItem {
    SpentItem { meeting_id: id, day: date!(2026 - 01 - 20), kind, planned, actual }
}

#[test]
fn time_is_told_in_a_sentence_a_drawing_and_a_table() {
    let (one, two) = (MeetingId::generate(), MeetingId::generate());
    let time = TimeSpent::of(
        &[
            spent(one, ItemKind::CheckIn, 10, 12),
            spent(one, ItemKind::GoalWork, 40, 36),
            spent(one, ItemKind::Informal, 10, 10),
            // Put off: planned in the first meeting, done in the second.
            spent(one, ItemKind::Trip, 20, 0),
            spent(two, ItemKind::Trip, 0, 18),
            spent(two, ItemKind::Informal, 10, 11),
        ],
        0,
    );
    assert_eq!(
        time.sentence(),
        "You spent 87 minutes together, of 90 planned. Catching up took 21 minutes and you had kept 20 for it, so it ate \
         nothing else."
    );
    assert_eq!(time.figures()[1].on_purpose, "0 → 18");
    assert_eq!(time.figures_of_all().informal, "20 → 21");
    let rows = time.tape_rows();
    assert_eq!(rows[0].total, 58);
    assert!(rows.iter().flat_map(|row| row.planned.iter().chain(&row.actual)).all(|bar| bar.x + bar.width <= 290));
}

#[test]
fn catching_up_that_ate_something_is_said_so() {
    let id = MeetingId::generate();
    let time = TimeSpent::of(&[spent(id, ItemKind::Informal, 10, 25)], 45);
    assert_eq!(
        time.sentence(),
        "You spent 25 minutes together, of 10 planned. Catching up took 25 minutes and you had kept 10 for it, 15 more. If \
         it did you good, keep more for it. Another 45 minutes had no agenda."
    );
    assert!(TimeSpent::of(&[], 0).is_empty());
}

fn over(rounds: i32, note_taker: Option<ParticipationId>, facilitator: Option<ParticipationId>) -> Over {
    Over {
        program_id: ProgramId::generate(),
        meeting_id: MeetingId::generate(),
        group_id: GroupId::generate(),
        day: date!(2026 - 03 - 02),
        ends_at: datetime!(2026-03-02 19:00 UTC),
        since: datetime!(2026-03-02 19:00 UTC),
        rounds,
        note_taker_id: note_taker,
        facilitator_id: facilitator,
    }
}

#[test]
fn rounds_come_due_one_after_the_other_and_each_once() {
    let since = datetime!(2026-03-02 19:00 UTC);
    let after = |rounds, later: Duration| due(&over(rounds, None, None), since + later);
    assert_eq!(after(0, Duration::minutes(119)), []);
    assert_eq!(after(0, Duration::hours(2)), [Round::First]);
    assert_eq!(after(1, Duration::hours(47)), []);
    assert_eq!(after(1, Duration::days(2)), [Round::Facilitator]);
    assert_eq!(after(2, Duration::days(5)), [Round::All]);
    assert_eq!(after(3, Duration::days(50)), []);
    assert_eq!(after(0, Duration::days(6)), [Round::First, Round::Facilitator, Round::All]);
}

#[test]
fn whoever_is_there_is_asked_and_nobody_twice() {
    let [hana, marcus, priya] = people();
    let all = [hana, marcus, priya];
    let ask = |over: &Over, rounds: &[Round], members: &[ParticipationId]| to_ask(over, rounds, members);
    let usual = over(0, Some(marcus), Some(hana));
    assert_eq!(ask(&usual, &[Round::First], &all), [(marcus, Round::First)]);
    assert_eq!(ask(&usual, &[Round::Facilitator], &all), [(hana, Round::Facilitator)]);
    assert_eq!(ask(&usual, &[Round::All], &all), all.map(|who| (who, Round::All)));
    // Who takes notes has left, or nobody was to: who facilitates; without either everybody, at once.
    assert_eq!(ask(&usual, &[Round::First], &[hana, priya]), [(hana, Round::First)]);
    assert_eq!(ask(&over(0, None, None), &[Round::First], &all), all.map(|who| (who, Round::First)));
    assert_eq!(ask(&usual, &[Round::Facilitator], &[marcus, priya]), []);
    let late = ask(&usual, &[Round::First, Round::Facilitator, Round::All], &all);
    assert_eq!(late, [(marcus, Round::First), (hana, Round::Facilitator), (priya, Round::All)]);
    assert_eq!(ask(&usual, Round::ALL, &[]), []);
}

#[test]
fn an_item_takes_whole_minutes_and_at_least_one() {
    let started_at = datetime!(2026-03-02 18:00 UTC);
    let took = |seconds: i64, skipped| {
        let ended_at = Some(started_at + Duration::seconds(seconds));
        ItemTime { item_id: AgendaItemId::generate(), started_at, ended_at, skipped }.minutes()
    };
    assert_eq!([0, 20, 89, 90, 1234].map(|seconds| took(seconds, false)), [1, 1, 1, 2, 21].map(Some));
    assert_eq!(took(400, true), None, "skipped");
    assert_eq!(took(100 * 3600, false), Some(720), "forgotten over night: no more than a log can hold");
    let runs = ItemTime { item_id: AgendaItemId::generate(), started_at, ended_at: None, skipped: false };
    assert_eq!(runs.minutes(), None);
}

#[test]
fn a_meeting_is_timed_from_its_start_until_it_is_logged() {
    let mut meeting = meeting(Roles::default());
    let [one, two] = [AgendaItemId::generate(), AgendaItemId::generate()];
    let (start, end) = (meeting.starts_at, meeting.ends_at);
    let runs = |item_id| ItemTime { item_id, started_at: start, ended_at: None, skipped: false };
    let was = |item_id| ItemTime { ended_at: Some(start + Duration::minutes(3)), ..runs(item_id) };
    assert_eq!(stage(&meeting, &[one, two], &[], start - Duration::seconds(1)), Stage::Ahead);
    assert_eq!(stage(&meeting, &[], &[], start), Stage::NoAgenda);
    assert_eq!(stage(&meeting, &[one, two], &[], start), Stage::Ready);
    assert_eq!(stage(&meeting, &[one, two], &[was(one), runs(two)], start), Stage::Runs(1));
    assert_eq!(stage(&meeting, &[one, two], &[was(one), was(two)], end), Stage::AllDone);
    assert_eq!(stage(&meeting, &[one, two], &[], end + Duration::hours(7)), Stage::TooLate);
    assert_eq!(stage(&meeting, &[one, two], &[runs(one)], end + Duration::hours(7)), Stage::Runs(0));
    meeting.state = MeetingState::Held;
    assert_eq!(stage(&meeting, &[one, two], &[runs(one)], start), Stage::Closed);
}

#[test]
fn two_fixed_times_take_turns() {
    use see_also::features::fixed_times::{FixedTime, next};
    use time::{Weekday, macros::datetime};
    let early = FixedTime { weekday: Weekday::Tuesday, at: time::macros::time!(7:30) };
    let late = FixedTime { weekday: Weekday::Thursday, at: time::macros::time!(15:00) };
    let next = |last, rhythm, now| next([early, late], last, rhythm, now);
    let monday = datetime!(2026-04-20 09:00);
    assert_eq!(next(None, 28, monday), datetime!(2026-04-21 07:30), "a group that never met begins with the first");
    assert_eq!(next(None, 28, datetime!(2026-04-21 07:30)), datetime!(2026-04-28 07:30), "not at this very minute");
    // Nearest to one rhythm on, each the other's turn.
    let mut last = datetime!(2026-04-21 07:30);
    for expected in [datetime!(2026-05-21 15:00), datetime!(2026-06-16 07:30), datetime!(2026-07-16 15:00)] {
        last = next(Some(last), 28, monday);
        assert_eq!(last, expected);
    }
    // A meeting that was moved by a day is still the turn it was nearest to.
    assert_eq!(next(Some(datetime!(2026-04-22 09:00)), 14, monday), datetime!(2026-05-07 15:00));
    assert_eq!(next(Some(datetime!(2026-04-24 15:00)), 14, monday), datetime!(2026-05-05 07:30));
    // However short the rhythm, it is after the last one; however long ago that was, it is in the future.
    assert_eq!(next(Some(datetime!(2026-04-23 15:00)), 1, monday), datetime!(2026-04-28 07:30));
    assert_eq!(next(Some(datetime!(2026-01-08 15:00)), 14, monday), datetime!(2026-04-21 07:30));
}
