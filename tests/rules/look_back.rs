//! When a group's lines are shown, who reads which, what is decided on a page, and what the next program takes over.
use see_also::{
    base::ids::{ParticipationId, ProgramId, ThemeId},
    features::{
        decisions::{Component, Decision, Typed, Verdict, read},
        earlier_lessons,
        lessons::is_same_wording,
        next_programs::{New, moved, proposed},
        programs::{Asks, Contacts, Groups, Meetings, Settings, SupervisorAnswers, Theme, What, When},
        retrospectives::{Member, Stage, reads, stage},
    },
    mail::Mailbox,
};
use std::collections::BTreeMap;
use time::{
    Date,
    macros::{date, datetime},
};

fn members(done: &[bool]) -> Vec<Member> {
    done.iter()
        .map(|is_done| Member { id: ParticipationId::generate(), name: "Hana".to_owned(), is_done: *is_done })
        .collect()
}

#[test]
fn lines_are_shown_once_all_are_done_or_two_weeks_have_passed() {
    let (begun, soon, later) = (Some(date!(2026 - 05 - 25)), date!(2026 - 06 - 07), date!(2026 - 06 - 08));
    let at = |revealed, begun, today, done: &[bool]| stage(revealed, begun, today, &members(done));
    assert_eq!(at(false, None, later, &[false, false]), Stage::Writing, "nobody has begun");
    assert_eq!(at(false, begun, soon, &[true, false]), Stage::Writing);
    assert_eq!(at(false, begun, soon, &[true, true]), Stage::Ready);
    assert_eq!(at(false, begun, later, &[true, false]), Stage::Overdue);
    assert_eq!(at(false, begun, later, &[false, false]), Stage::Writing, "nobody's lines are there to show");
    assert_eq!(at(false, begun, later, &[]), Stage::Writing);
    assert_eq!(at(true, begun, soon, &[true, false]), Stage::Revealed);
}

#[test]
fn a_line_is_read_by_its_author_and_then_from_done_to_done() {
    for revealed in [false, true] {
        for both_done in [false, true] {
            for belonged in [false, true] {
                assert!(reads(true, revealed, both_done, belonged), "one's own");
                assert_eq!(reads(false, revealed, both_done, belonged), revealed && both_done && belonged);
            }
        }
    }
}

fn typed(fields: &[(&str, &str)]) -> Typed {
    Typed(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<BTreeMap<_, _>>())
}

#[test]
fn a_decision_has_its_reason_and_writes_over_nobodys() {
    let stands = [Decision {
        component: Component::Trips,
        verdict: Verdict::Keep,
        why: "Worth it".to_owned(),
        by_name: "Teodor".to_owned(),
        decided_at: datetime!(2026-06-01 12:00 UTC),
    }];
    let decided = read(&typed(&[("decision-goals", "stop"), ("why-goals", " No ")]), &stands).unwrap();
    assert_eq!(decided, [(Component::Goals, Verdict::Stop, "No".to_owned())]);
    assert_eq!(read(&typed(&[]), &stands).unwrap(), [], "what is left empty is decided another time");
    let same = typed(&[("decision-trips", "keep"), ("why-trips", "Worth it")]);
    assert_eq!(read(&same, &stands).unwrap(), [], "sent twice");
    for (fields, field) in [
        (&[("decision-goals", "stop")][..], "why-goals"),
        (&[("why-goals", "No")], "decision-goals"),
        (&[("decision-goals", "burn"), ("why-goals", "No")], "decision-goals"),
        (&[("decision-trips", "stop"), ("why-trips", "Dear")], "why-trips"),
    ] {
        assert!(read(&typed(fields), &stands).unwrap_err().of(field).is_some(), "{field}: {fields:?}");
    }
    let seen = stands[0].seen();
    let on_purpose = typed(&[("decision-trips", "stop"), ("why-trips", "Dear"), ("seen-trips", &seen)]);
    assert_eq!(read(&on_purpose, &stands).unwrap().len(), 1);
}

#[test]
fn a_lesson_is_not_its_line_in_other_stops() {
    assert!(is_same_wording("two  fixed slots", "Two fixed slots."));
    assert!(!is_same_wording("Two fixed slots a group", "Two fixed slots."));
}

#[test]
fn unanswered_lessons_are_counted_in_words() {
    assert_eq!(earlier_lessons::problem(0), None);
    assert_eq!(earlier_lessons::problem(1).unwrap(), "One lesson of last time has no answer yet");
    assert_eq!(earlier_lessons::problem(3).unwrap(), "Three lessons of last time have no answer yet");
}

fn settings(starts_on: Date, ends_on: Date) -> Settings {
    let theme = |starts_on, ends_on, title: &str| Theme {
        id: ThemeId::generate(),
        starts_on,
        ends_on,
        title: title.to_owned(),
        question: "How?".to_owned(),
    };
    Settings {
        what: What {
            name: "Spring".to_owned(),
            institution: "Larkspur".to_owned(),
            theme: "Show".to_owned(),
            purpose: "Learn".to_owned(),
        },
        when: When { starts_on, ends_on, time_zone: "America/Chicago".to_owned() },
        meetings: Meetings {
            rhythm_days: 21,
            meeting_minutes: 60,
            informal_minutes: 10,
            groups: Groups { min: 2, target: 4, max: 5 },
        },
        asks: Asks { hours_month: 4, work_time: true, trip_days: 1, budget_cents: 8_000, currency: "USD".to_owned() },
        answers: SupervisorAnswers { approval_required: true, answer_days: 21, smallest_shown: 5, domains: vec![] },
        contacts: Contacts { first: Mailbox::new("Teodor", "t@x.example"), second: None },
        themes: vec![
            theme(date!(2026 - 01 - 12), date!(2026 - 02 - 08), "Beginnings"),
            theme(date!(2026 - 04 - 13), date!(2026 - 05 - 10), "Middles"),
            theme(date!(2026 - 06 - 01), date!(2026 - 06 - 12), "Endings"),
        ],
    }
}

#[test]
fn the_next_program_takes_over_what_is_set_and_moves_its_themes() {
    let old = settings(date!(2026 - 01 - 12), date!(2026 - 06 - 12));
    assert_eq!(
        proposed(&old.when, date!(2026 - 05 - 25)),
        (date!(2026 - 07 - 13), date!(2026 - 12 - 11)),
        "on the same days of the week, after this one"
    );
    let (first, _) = proposed(&old.when, date!(2028 - 01 - 01));
    assert!(first > date!(2028 - 01 - 01) && first < date!(2028 - 07 - 15), "{first}");
    // Shorter than this one: 14 weeks.
    let new = New {
        id: ProgramId::generate(),
        name: "Autumn".to_owned(),
        starts_on: date!(2026 - 09 - 07),
        ends_on: date!(2026 - 12 - 14),
    };
    let next = moved(&old, &new, old.contacts.clone());
    let themes: Vec<_> =
        next.themes.iter().map(|theme| (theme.title.as_str(), theme.starts_on, theme.ends_on)).collect();
    assert_eq!(
        themes,
        [
            ("Beginnings", date!(2026 - 09 - 07), date!(2026 - 10 - 04)),
            ("Middles", date!(2026 - 12 - 07), date!(2026 - 12 - 14)),
        ]
    );
    assert!(next.themes.iter().all(|theme| !old.themes.iter().any(|other| other.id == theme.id)));
    assert_eq!((next.what.name.as_str(), next.what.purpose.as_str()), ("Autumn", "Learn"));
    assert_eq!((next.asks, next.meetings, next.answers), (old.asks, old.meetings, old.answers));
}
