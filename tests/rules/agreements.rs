//! When an agreement comes into force, and who reads which version.
use see_also::features::agreements::{ClauseKind, Span, Voice, is_adopted, is_readable, template};
use time::{Date, macros::date};

const WRITTEN: Date = date!(2026 - 04 - 20);

fn voice(asked_on: Date, agreed: bool) -> Voice {
    Voice { asked_on, agreed }
}

#[test]
fn a_version_needs_every_yes_until_14_days_are_over() {
    let (yes, silent) = (voice(WRITTEN, true), voice(WRITTEN, false));
    assert!(is_adopted(&[yes, yes], WRITTEN));
    assert!(!is_adopted(&[yes, silent], date!(2026 - 05 - 03)));
    assert!(is_adopted(&[yes, silent], date!(2026 - 05 - 04)));
    assert!(!is_adopted(&[silent, silent], date!(2026 - 12 - 31)), "silence alone agrees to nothing");
    assert!(!is_adopted(&[], date!(2026 - 12 - 31)));
}

#[test]
fn a_newcomer_has_14_days_of_their_own() {
    let newcomer = voice(date!(2026 - 05 - 01), false);
    assert!(!is_adopted(&[voice(WRITTEN, true), newcomer], date!(2026 - 05 - 14)));
    assert!(is_adopted(&[voice(WRITTEN, true), newcomer], date!(2026 - 05 - 15)));
}

#[test]
fn a_newcomer_reads_what_stood_when_they_came_and_what_came_after() {
    let span = |written_on, adopted_on| Span { written_on, adopted_on };
    let versions = [
        span(date!(2026 - 01 - 10), Some(date!(2026 - 01 - 12))),
        span(date!(2026 - 02 - 01), None),
        span(date!(2026 - 02 - 10), Some(date!(2026 - 03 - 01))),
        span(date!(2026 - 04 - 01), None),
    ];
    let read = |joined_on| (0..4).map(|at| is_readable(&versions, at, joined_on)).collect::<Vec<_>>();
    assert_eq!(read(date!(2026 - 01 - 12)), [true, true, true, true]);
    assert_eq!(read(date!(2026 - 02 - 20)), [true, false, true, true]);
    assert_eq!(read(date!(2026 - 03 - 02)), [false, false, true, true]);
    assert!(!is_readable(&versions, 4, WRITTEN));
}

#[test]
fn the_template_has_all_six_clauses_with_words() {
    let clauses = template();
    assert_eq!(clauses.iter().map(|clause| clause.kind).collect::<Vec<_>>(), ClauseKind::OFFERED);
    assert!(clauses.iter().all(|clause| !clause.title.is_empty() && (40..400).contains(&clause.body.len())));
}
