//! Which of two fixed times is next, and on which day. No database, no HTML.
use time::{Duration, PrimitiveDateTime, Time, Weekday};

/// A time of the week, on the clock of the group's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FixedTime {
    pub weekday: Weekday,
    pub at: Time,
}

const DAY: i32 = 24 * 60;
const WEEK: i32 = 7 * DAY;

impl FixedTime {
    /// The time of the week at which something was.
    #[must_use]
    pub const fn of(at: PrimitiveDateTime) -> Self {
        Self { weekday: at.date().weekday(), at: at.time() }
    }

    fn minute(self) -> i32 {
        i32::from(self.weekday.number_days_from_monday()) * DAY
            + i32::from(self.at.hour()) * 60
            + i32::from(self.at.minute())
    }

    /// Minutes between two times of the week, whichever way is shorter.
    fn apart(self, other: Self) -> i32 {
        let apart = (self.minute() - other.minute()).rem_euclid(WEEK);
        apart.min(WEEK - apart)
    }
}

/// When a group that meets at `times` in turn meets next: at the one it did not meet at last, nearest to one
/// rhythm after that, and in the future. `last` and `now` are on the group's clock. A meeting that was moved
/// counts as being at the time that it was nearest to. A group that never met begins with the first.
#[must_use]
pub fn next(
    times: [FixedTime; 2],
    last: Option<PrimitiveDateTime>,
    rhythm_days: i32,
    now: PrimitiveDateTime,
) -> PrimitiveDateTime {
    let [first, second] = times;
    let turn = match last.map(FixedTime::of) {
        Some(last) if last.apart(first) <= last.apart(second) => second,
        _ => first,
    };
    let after = last.unwrap_or(now).max(now);
    let aim = last.map_or(now, |last| last + Duration::days(i64::from(rhythm_days.max(1))));
    let from = aim.date() - Duration::days(3);
    let days = (i64::from(turn.weekday.number_days_from_monday())
        - i64::from(from.weekday().number_days_from_monday()))
    .rem_euclid(7);
    let mut at = PrimitiveDateTime::new(from + Duration::days(days), turn.at);
    while at <= after {
        at += Duration::WEEK;
    }
    at
}
