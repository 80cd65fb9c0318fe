//! How the minutes went, and what went both ways, in words.
use see_also::base::ids::ParticipationId;
use see_also::features::group_page::{
    Between, Called, Observed, Turns, feedback_words, observation_words, spent, turn_words,
};
use see_also::features::progress::{Given, ItemKind, KindMinutes, MeetingFacts, MeetingState, figures::Share};
use time::{Date, macros::date};

fn ids() -> [ParticipationId; 3] {
    [ParticipationId::generate(), ParticipationId::generate(), ParticipationId::generate()]
}

/// Priya, Marcus and Hana, who reads.
fn called(ids: &[ParticipationId; 3]) -> Called {
    let names = ["Priya Whitlock", "Marcus Delacroix-Boone", "Hana Sørby"];
    let people: Vec<_> = ids.iter().zip(names).map(|(id, name)| (*id, name.to_owned())).collect();
    Called::new(ids[2], &people)
}

fn given(ids: &[ParticipationId; 3], from: usize, to: usize, times: i32) -> Given {
    Given { from: ids[from], to: ids[to], times, last_on: date!(2026 - 04 - 10), known_on: date!(2026 - 04 - 10) }
}

const NONE: Share = Share { num: 0, den: 0 };
const TODAY: Date = date!(2026 - 04 - 20);

#[test]
fn the_reader_is_you_and_namesakes_keep_their_whole_names() {
    let ids = ids();
    let called = called(&ids);
    assert_eq!((called.name(ids[0]).as_str(), called.name(ids[2]).as_str()), ("Priya", "you"));
    let people = [(ids[0], "Kim Ode".to_owned()), (ids[1], "Kim Raj".to_owned()), (ids[2], "Hana Sørby".to_owned())];
    assert_eq!(Called::new(ids[2], &people).name(ids[1]), "Kim Raj");
}

#[test]
fn feedback_among_all_is_said_of_all() {
    let ids = ids();
    let called = called(&ids);
    let between = Between { members: &ids, called: &called };
    let all = [
        given(&ids, 0, 1, 2),
        given(&ids, 1, 0, 1),
        given(&ids, 2, 1, 1),
        given(&ids, 2, 0, 1),
        given(&ids, 0, 2, 1),
        given(&ids, 1, 2, 1),
    ];
    assert_eq!(
        feedback_words(between, &all, Share { num: 4, den: 6 }, TODAY).unwrap(),
        "Each of you has given feedback to both of the others and received it from both, seven times in all. Four of \
         your six agreed elements have had words."
    );
    let words = |given: &[Given]| feedback_words(between, given, NONE, TODAY).unwrap();
    assert_eq!(words(&[]), "No feedback has gone between you yet.");
    assert_eq!(
        words(&[given(&ids, 0, 1, 2), given(&ids, 0, 2, 1), given(&ids, 2, 0, 1)]),
        "Marcus has had feedback twice, Priya once and you once. It has gone both ways between Priya and you."
    );
    // What is long ago is said with its month, and nobody is left out.
    let long_ago = Given { last_on: date!(2026 - 02 - 20), ..given(&ids, 0, 1, 3) };
    assert_eq!(
        words(&[long_ago, given(&ids, 1, 2, 1)]),
        "You have had feedback once, Marcus not since February and Priya not yet. Nowhere has it gone both ways yet."
    );
    assert_eq!(
        words(&[long_ago]),
        "Marcus has had no feedback since February, Priya not yet and you not yet. Nowhere has it gone both ways yet."
    );
}

#[test]
fn observations_close_the_circle() {
    let ids = ids();
    let called = called(&ids);
    let between = Between { members: &ids, called: &called };
    let seen = |by: usize, whom: usize, on: Date, took_place| Observed { by: ids[by], whom: ids[whom], on, took_place };
    let (first, second) = (seen(0, 1, date!(2026 - 02 - 23), true), seen(2, 0, date!(2026 - 03 - 19), true));
    let third = seen(1, 2, date!(2026 - 04 - 27), false);
    assert_eq!(
        observation_words(between, &[first, second, third]).unwrap(),
        "Priya watched Marcus, you watched Priya, and on 27 April Marcus watches you. Then the circle is closed."
    );
    assert_eq!(observation_words(between, &[first]).unwrap(), "Priya watched Marcus.");
    assert_eq!(observation_words(between, &[]), None);
}

#[test]
fn turns_are_said_when_they_are_uneven() {
    let ids = ids();
    let called = called(&ids);
    let between = Between { members: &ids, called: &called };
    let turn = |who: usize, facilitated, took_notes| Turns { member: ids[who], facilitated, took_notes };
    assert_eq!(
        turn_words(between, &[turn(0, 2, 3), turn(1, 2, 1), turn(2, 1, 1)]).unwrap(),
        "Each of you has facilitated. The next turn to take notes is with Marcus."
    );
    assert_eq!(
        turn_words(between, &[turn(0, 1, 0), turn(1, 0, 1), turn(2, 0, 0)]).unwrap(),
        "Priya has facilitated so far."
    );
    assert_eq!(turn_words(between, &[turn(0, 0, 0), turn(1, 0, 0)]), None);
}

fn held(day: Date, rows: &[(ItemKind, i32, i32)]) -> MeetingFacts {
    MeetingFacts {
        id: see_also::base::ids::MeetingId::generate(),
        day,
        starts_at: day.midnight().assume_utc(),
        ends_at: day.midnight().assume_utc(),
        state: MeetingState::Held,
        logged_on: None,
        minutes: rows.iter().map(|row| row.2).sum(),
        present: 3,
        members_then: 3,
        agenda: rows
            .iter()
            .map(|(kind, planned, actual)| KindMinutes {
                kind: *kind,
                planned: *planned,
                actual: *actual,
                with_goal: 0,
            })
            .collect(),
    }
}

#[test]
fn catching_up_is_set_against_what_was_kept_for_it() {
    let meeting = |planned, actual| {
        let rows = [(ItemKind::GoalWork, 40, 36), (ItemKind::Informal, planned, actual), (ItemKind::WrapUp, 10, 11)];
        spent(&[held(date!(2026 - 03 - 23), &rows)]).unwrap().sentence()
    };
    let tail = |planned, actual| meeting(planned, actual).split_once(". ").unwrap().1.to_owned();
    assert_eq!(meeting(10, 12).split_once(". ").unwrap().0, "You spent 59 minutes together, of 60 planned");
    assert_eq!(tail(10, 11), "Catching up took 11 minutes and you had kept 10 for it, so it ate nothing else.");
    assert_eq!(tail(10, 25), "Catching up took 25 minutes and you had kept 10 for it; 15 came from the rest.");
    assert_eq!(tail(20, 5), "Catching up took 5 of the 20 minutes you had kept for it.");
    assert!(spent(&[]).is_none());
}

#[test]
fn the_tape_keeps_within_its_bounds() {
    let long = held(date!(2026 - 03 - 23), &[(ItemKind::GoalWork, 90, 100), (ItemKind::Informal, 10, 20)]);
    let tape = spent(&[long]).unwrap().tape();
    let row = &tape.rows[0];
    let end = row.actual.last().map(|segment| segment.x + segment.width).unwrap();
    assert!(row.actual[0].x == 50 && end <= 290, "{row:?}");
    assert_eq!(tape.marks.last().map(|mark| mark.label.as_str()), Some("120 min"));
    assert_eq!((row.actual[0].class, row.actual[1].class), ("work", "catch"));
}
