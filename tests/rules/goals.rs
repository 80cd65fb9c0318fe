//! How goals come to be agreed and closed.
use see_also::features::elements::{ElementState, MOST_ELEMENTS};
use see_also::features::goal_versions::{Consent, Wording, asked_until, consent, is_readable};
use see_also::features::goals::{GoalState, can_end, personal_goal_is_ready};
use see_also::features::products::ProductState;
use time::{Date, macros::date};

const WORDED: Date = date!(2026 - 04 - 20);

#[test]
fn a_group_goal_is_agreed_by_everyone() {
    assert_eq!(consent(1, 3, WORDED, WORDED), Consent::Waits);
    assert_eq!(consent(2, 3, WORDED, WORDED), Consent::Waits);
    assert_eq!(consent(3, 3, WORDED, WORDED), Consent::All);
}

#[test]
fn who_has_not_answered_for_14_days_no_longer_blocks() {
    assert_eq!(asked_until(WORDED), date!(2026 - 05 - 04));
    assert_eq!(consent(2, 3, WORDED, date!(2026 - 05 - 03)), Consent::Waits);
    assert_eq!(consent(2, 3, WORDED, date!(2026 - 05 - 04)), Consent::Enough);
    assert_eq!(consent(0, 3, WORDED, date!(2026 - 06 - 04)), Consent::Waits, "silence alone agrees nothing");
}

#[test]
fn a_personal_goal_needs_one_to_six_elements() {
    assert!(!personal_goal_is_ready(0));
    assert!(personal_goal_is_ready(1));
    assert!(personal_goal_is_ready(MOST_ELEMENTS));
    assert!(!personal_goal_is_ready(MOST_ELEMENTS + 1));
}

#[test]
fn a_draft_can_only_be_dropped_and_a_closed_goal_stays_closed() {
    let endings = [GoalState::Achieved, GoalState::Partly, GoalState::NotAchieved, GoalState::Dropped];
    for how in endings {
        assert!(can_end(GoalState::Agreed, how));
        assert_eq!(can_end(GoalState::Draft, how), how == GoalState::Dropped);
        for closed in endings {
            assert!(!can_end(closed, how));
        }
    }
    assert!(!can_end(GoalState::Agreed, GoalState::Draft));
    assert!(!can_end(GoalState::Agreed, GoalState::Agreed));
}

#[test]
fn what_was_written_before_somebody_joined_is_not_theirs_to_read() {
    assert!(is_readable(WORDED, WORDED, false), "a day belongs to it whole");
    assert!(is_readable(WORDED, date!(2026 - 01 - 12), false));
    assert!(!is_readable(WORDED, date!(2026 - 04 - 21), false));
    assert!(is_readable(WORDED, date!(2026 - 04 - 21), true), "their own is");
}

#[test]
fn a_mark_changes_with_every_part_of_the_words() {
    let words = Wording { title: "A".into(), statement: "B".into(), measure: "C".into(), target_on: Some(WORDED) };
    let others = [
        Wording { title: "AB".into(), statement: String::new(), ..words.clone() },
        Wording { statement: "b".into(), ..words.clone() },
        Wording { measure: String::new(), ..words.clone() },
        Wording { target_on: None, ..words.clone() },
    ];
    for other in others {
        assert_ne!(other.mark(), words.mark(), "{other:?}");
    }
    assert_eq!(words.clone().mark(), words.mark());
}

#[test]
fn states_are_one_word_each_in_the_database() {
    for state in GoalState::ALL {
        assert_eq!(GoalState::parse(state.as_str()), Some(*state));
    }
    assert_eq!(ElementState::parse("off_limits"), None);
    assert_eq!(ProductState::parse("in_use"), Some(ProductState::InUse));
}
