//! How long a portfolio's link lives, and what the letter of participation adds up.
use see_also::features::portfolios::{Attendance, Journey, Lifetime, hours_in_words, trip_days};
use time::macros::date;

fn lasted(minutes: &[i32]) -> Vec<Attendance> {
    minutes.iter().map(|minutes| Attendance { minutes: *minutes }).collect()
}

#[test]
fn minutes_of_meetings_become_hours() {
    for (minutes, words) in [
        ([].as_slice(), "0 hours"),
        (&[45], "45 minutes"),
        (&[60], "1 hour"),
        (&[60, 61], "2 hours 1 minute"),
        (&[50, 55, 60], "2 hours 45 minutes"),
    ] {
        assert_eq!(hours_in_words(&lasted(minutes)), words);
    }
}

#[test]
fn a_day_counts_for_who_went_on_site_to_another_place() {
    let trip = |away, by_video| Journey { away, by_video };
    assert_eq!(trip_days(&[]), 0);
    assert_eq!(trip_days(&[trip(true, false), trip(true, false), trip(false, false), trip(false, true)]), 2);
}

#[test]
fn a_link_lives_for_the_days_it_was_given() {
    let today = date!(2026 - 04 - 20);
    assert_eq!(Lifetime::Month.last_day(today), date!(2026 - 05 - 20));
    assert_eq!(Lifetime::Quarter.last_day(today), date!(2026 - 07 - 19));
    assert_eq!(Lifetime::Year.last_day(today), date!(2027 - 04 - 20));
    assert_eq!(Lifetime::parse("7"), None);
}
