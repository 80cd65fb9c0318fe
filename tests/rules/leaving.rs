//! Which pauses can be taken, and how one stands.
use see_also::features::leaving::{PauseProblem, Standing, check_pause, standing};
use see_also::features::people::Pause;
use time::{Date, macros::date};

const TODAY: Date = date!(2026 - 04 - 20);
const END: Date = date!(2026 - 06 - 12);

const fn pause(from: Date, until: Date) -> Pause {
    Pause { from, until }
}

#[test]
fn a_pause_begins_today_or_later_and_ends_before_the_program() {
    assert_eq!(check_pause(pause(TODAY, END), TODAY, END), Ok(()));
    assert_eq!(check_pause(pause(date!(2026 - 04 - 19), END), TODAY, END), Err(PauseProblem::Past));
    assert_eq!(check_pause(pause(TODAY, TODAY), TODAY, END), Err(PauseProblem::Empty));
    let after = date!(2026 - 06 - 13);
    assert_eq!(check_pause(pause(TODAY, after), TODAY, END), Err(PauseProblem::TooLong { ends_on: END }));
    assert_eq!((PauseProblem::Past.field(), PauseProblem::Empty.field()), ("from", "until"));
}

#[test]
fn the_day_one_is_back_is_no_day_of_the_pause() {
    let spring = pause(TODAY, date!(2026 - 04 - 25));
    assert_eq!(standing(None, TODAY), Standing::None);
    assert_eq!(standing(Some(spring), date!(2026 - 04 - 19)), Standing::ToCome(spring));
    assert_eq!(standing(Some(spring), TODAY), Standing::Now(spring));
    assert_eq!(standing(Some(spring), date!(2026 - 04 - 24)), Standing::Now(spring));
    assert_eq!(standing(Some(spring), date!(2026 - 04 - 25)), Standing::None);
}
