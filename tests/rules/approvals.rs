//! When a supervisor's yes counts, and what may follow what.
use see_also::features::answers::{AnswerWord as A, may_answer};
use see_also::features::approvals::{RequestState as S, in_effect, may_ask_again, next_digest, standing};
use time::macros::{date, datetime};

#[test]
fn a_request_whose_time_ran_out_has_expired() {
    let end = datetime!(2026-05-11 15:00 UTC);
    assert_eq!(standing(S::Pending, end, end), S::Pending);
    assert_eq!(standing(S::Pending, end, datetime!(2026-05-11 15:01 UTC)), S::Expired);
    assert_eq!(standing(S::Declined, end, datetime!(2026-06-01 15:00 UTC)), S::Declined);
}

#[test]
fn a_yes_holds_inside_its_dates_until_it_is_taken_back() {
    let (from, until) = (date!(2026 - 01 - 12), date!(2026 - 06 - 12));
    let holds = |state, revoked, on| in_effect(state, from, until, revoked, on);
    assert!(holds(S::Approved, None, from) && holds(S::Approved, None, until));
    assert!(!holds(S::Approved, None, date!(2026 - 01 - 11)) && !holds(S::Approved, None, date!(2026 - 06 - 13)));
    let may = date!(2026 - 05 - 04);
    assert!(holds(S::Revoked, Some(may), date!(2026 - 05 - 03)));
    assert!(!holds(S::Revoked, Some(may), may));
    for state in [S::Pending, S::Conditional, S::Declined, S::Expired, S::Cancelled, S::Superseded] {
        assert!(!holds(state, None, from), "{state:?}");
    }
}

#[test]
fn what_may_follow_what() {
    let allowed =
        |state| A::ALL.iter().filter(|word| may_answer(state, **word)).map(|word| word.as_str()).collect::<Vec<_>>();
    assert_eq!(allowed(S::Pending), ["yes", "condition", "talk", "no"]);
    assert_eq!(allowed(S::Expired), ["yes", "condition", "talk", "no"]);
    assert_eq!(allowed(S::Conditional), ["yes", "condition", "no"]);
    assert_eq!(allowed(S::Declined), ["yes", "condition"]);
    assert_eq!(allowed(S::Approved), ["yes", "withdraw"]);
    assert_eq!(allowed(S::Revoked), ["yes"]);
    assert!(allowed(S::Cancelled).is_empty() && allowed(S::Superseded).is_empty());
    assert!(may_ask_again(None) && may_ask_again(Some(S::Pending)) && may_ask_again(Some(S::Revoked)));
    assert!(!may_ask_again(Some(S::Approved)));
}

#[test]
fn coordinators_read_of_a_yes_on_the_next_working_morning() {
    let zone = "America/Chicago";
    // Monday before eight, Monday at eight, Friday after eight, Sunday.
    assert_eq!(
        next_digest(zone, datetime!(2026-04-20 12:59 UTC)),
        (date!(2026 - 04 - 20), datetime!(2026-04-20 13:00 UTC))
    );
    assert_eq!(next_digest(zone, datetime!(2026-04-20 13:00 UTC)).0, date!(2026 - 04 - 21));
    assert_eq!(next_digest(zone, datetime!(2026-04-24 15:00 UTC)).0, date!(2026 - 04 - 27));
    assert_eq!(
        next_digest(zone, datetime!(2026-04-26 15:00 UTC)),
        (date!(2026 - 04 - 27), datetime!(2026-04-27 13:00 UTC))
    );
}

#[test]
fn a_yes_needs_attention_within_three_weeks_of_its_end_while_the_program_goes_on() {
    use see_also::features::standings::{Section, section_of};
    let (today, now) = (date!(2026 - 05 - 22), datetime!(2026-05-22 12:00 UTC));
    let of = |state, until, ends| section_of((state, now, false), (until, ends), (today, now));
    let (june, september) = (date!(2026 - 06 - 12), date!(2026 - 09 - 30));
    let approved = S::Approved;
    assert_eq!(of(approved, june, september), Section::Ending, "21 days from today");
    assert_eq!(of(approved, june.next_day().unwrap(), september), Section::InEffect);
    assert_eq!(of(approved, june, june), Section::InEffect, "it ends with the program");
    assert_eq!(of(S::Revoked, september, september), Section::Ending);
    let waits = |talk, expires| section_of((S::Pending, expires, talk), (june, june), (today, now));
    assert_eq!(waits(false, now), Section::Waiting);
    assert_eq!(waits(true, now), Section::TalkFirst);
    assert_eq!(waits(true, now - time::Duration::seconds(1)), Section::NoAnswer);
    for section in Section::ALL {
        assert!(!section.words().is_empty());
    }
}
