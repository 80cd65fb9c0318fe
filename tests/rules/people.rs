//! Pasted lines, and how far people are in words.
use see_also::access::ParticipationState;
use see_also::features::approvals::RequestState;
use see_also::features::people::{Approval, MOST_LINES, Tally, added_words, approval_words, read_lines, tally_words};
use time::macros::{date, datetime};

fn problems(pasted: &str) -> Vec<String> {
    read_lines(pasted).unwrap_err()
}

#[test]
fn spreadsheets_and_typed_lists_are_read_alike() {
    let comma = read_lines("Dana Reyes, dana@a.example, Omar Lind, omar@a.example\nHana, hana@a.example").unwrap();
    let semicolon = read_lines("Dana Reyes;dana@a.example;Omar Lind;omar@a.example\r\nHana;hana@a.example;;").unwrap();
    let tabs = read_lines(
        "\u{feff}Name\tE-mail\nDana Reyes\tdana@a.example\tOmar Lind\tomar@a.example\nHana\thana@a.example\t\t\n",
    )
    .unwrap();
    assert_eq!(comma, semicolon);
    assert_eq!(comma, tabs);
    assert_eq!(comma[0].supervisor.as_ref().unwrap().name, "Omar Lind");
    assert_eq!(comma[1].supervisor, None);
    let quoted = read_lines("\"Reyes, Dana\", dana@a.example").unwrap();
    assert_eq!(quoted[0].person.name, "Reyes, Dana");
}

#[test]
fn each_line_says_what_is_wrong_with_it() {
    assert_eq!(problems("A, a@a.example\nB, foo"), ["Line 2: “foo” is no email address"]);
    assert_eq!(problems("A"), ["Line 1: the email is missing"]);
    assert_eq!(problems(", a@a.example"), ["Line 1: the name is missing"]);
    assert_eq!(problems("A, a@a.example,, s@a.example"), ["Line 1: the supervisor’s name is missing"]);
    assert_eq!(problems("A, a@a.example, S"), ["Line 1: the supervisor’s email is missing"]);
    assert_eq!(problems("A, a@a.example, A, A@A.example"), ["Line 1: A cannot be their own supervisor"]);
    assert_eq!(problems("A, a@a.example\n\nB, A@a.example"), ["Line 3: A@a.example stands in line 1 already"]);
    assert!(problems("Reyes, Dana, dana@a.example, S, s@a.example")[0].contains("more than four cells"));
    assert_eq!(
        problems(&format!("{}, a@a.example", "x".repeat(121))),
        ["Line 1: the name has more than 120 characters"]
    );
    assert_eq!(problems("name, email"), ["Paste at least one line with a name and an email"]);
}

#[test]
fn five_hundred_lines_are_enough() {
    let lines = |n: usize| (0..n).map(|i| format!("P, p{i}@a.example\n")).collect::<Vec<_>>().concat();
    assert_eq!(read_lines(&lines(MOST_LINES)).unwrap().len(), MOST_LINES);
    assert!(problems(&lines(MOST_LINES + 1))[0].contains("at most 500 lines"));
    let wrong = problems(&"A, nothing\n".repeat(100));
    assert_eq!((wrong.len(), wrong[25].as_str()), (26, "And 75 more lines"));
}

#[test]
fn counts_are_said_in_words() {
    assert_eq!(added_words(12, 1), "12 people added, 1 was already here.");
    assert_eq!(added_words(1, 0), "1 person added.");
    assert_eq!(added_words(0, 1), "Nobody was added: this person was already here.");
    let tally = |state, people| Tally { state, people };
    assert_eq!(
        tally_words(&[tally(ParticipationState::Joined, 6), tally(ParticipationState::Invited, 1)]).unwrap(),
        "Seven people: one invited and six joined."
    );
    assert_eq!(tally_words(&[]), None);
}

#[test]
fn a_request_whose_time_has_run_out_is_no_longer_waited_for() {
    let mut approval = Approval {
        state: RequestState::Pending,
        asked_at: datetime!(2026-04-04 12:00 UTC),
        talk_first_at: None,
        decided_at: None,
        revoked_from: None,
        expires_at: datetime!(2026-04-25 12:00 UTC),
    };
    let said = |approval: &Approval, now| approval_words(approval, now, "America/Chicago");
    assert_eq!(said(&approval, datetime!(2026-04-20 12:00 UTC)), ("quiet", "Waiting since 4 Apr".to_owned()));
    assert_eq!(said(&approval, datetime!(2026-04-26 12:00 UTC)), ("stop", "No answer, asked 4 Apr".to_owned()));
    approval.state = RequestState::Revoked;
    approval.revoked_from = Some(date!(2026 - 05 - 01));
    assert_eq!(said(&approval, datetime!(2026-04-26 12:00 UTC)), ("stop", "Taken back from 1 May".to_owned()));
}
