//! When coordinators read of yeses: at 08:00 of every working day.
use crate::base::local_time;
use time::{Date, Duration, OffsetDateTime, Time, Weekday, macros::time};

/// When the digest goes out.
pub const HOUR: Time = time!(8:00);

/// The working day in a zone whose digest tells of something that happened now, and its instant.
#[must_use]
pub fn next_digest(zone: &str, now: OffsetDateTime) -> (Date, OffsetDateTime) {
    let mut day = local_time::day_in(zone, now);
    if now >= local_time::nearest_instant(zone, day, HOUR) {
        day = day.saturating_add(Duration::days(1));
    }
    while is_weekend(day) {
        day = day.saturating_add(Duration::days(1));
    }
    (day, local_time::nearest_instant(zone, day, HOUR))
}

/// Saturday or Sunday.
#[must_use]
pub const fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}
