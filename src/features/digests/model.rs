//! What a digest tells of.
use crate::base::local_time;
use crate::features::approvals::{DIGEST_HOUR, is_weekend};
use time::{Date, Duration, OffsetDateTime};

/// From the digest of the working day before to the digest of this one.
pub(super) fn stretch(zone: &str, day: Date) -> (OffsetDateTime, OffsetDateTime) {
    let mut before = day.saturating_sub(Duration::days(1));
    while is_weekend(before) {
        before = before.saturating_sub(Duration::days(1));
    }
    (local_time::nearest_instant(zone, before, DIGEST_HOUR), local_time::nearest_instant(zone, day, DIGEST_HOUR))
}
