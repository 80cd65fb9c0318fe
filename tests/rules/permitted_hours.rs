//! Nudges reach people by day and on working days, wherever they live.
use see_also::base::local_time::next_permitted;
use time::{OffsetDateTime, macros::datetime};

const CHICAGO: &str = "America/Chicago";

fn moved(zone: &str, due: OffsetDateTime) -> OffsetDateTime {
    next_permitted(zone, due)
}

#[test]
fn what_is_due_by_day_goes_out_at_once() {
    // Monday 07:00 and 18:59 in Chicago.
    for due in [datetime!(2026-04-20 12:00 UTC), datetime!(2026-04-20 23:59 UTC)] {
        assert_eq!(moved(CHICAGO, due), due);
    }
}

#[test]
fn what_is_due_at_night_waits_for_the_morning() {
    // Monday 06:59 waits a minute, Monday 19:00 for Tuesday, 07:00 both.
    assert_eq!(moved(CHICAGO, datetime!(2026-04-20 11:59 UTC)), datetime!(2026-04-20 12:00 UTC));
    assert_eq!(moved(CHICAGO, datetime!(2026-04-21 00:00 UTC)), datetime!(2026-04-21 12:00 UTC));
}

#[test]
fn what_is_due_on_a_weekend_waits_for_monday_across_a_change_of_clocks() {
    // Friday evening, Saturday noon and Sunday night; the clocks go forward on Sunday 8 March 2026.
    let monday = datetime!(2026-03-09 12:00 UTC);
    for due in [datetime!(2026-03-07 01:30 UTC), datetime!(2026-03-07 18:00 UTC), datetime!(2026-03-09 03:00 UTC)] {
        assert_eq!(moved(CHICAGO, due), monday, "{due}");
    }
}

#[test]
fn the_readers_zone_counts() {
    // 08:00 in Berlin is 01:00 in Chicago.
    let due = datetime!(2026-04-20 6:00 UTC);
    assert_eq!(moved("Europe/Berlin", due), due);
    assert_eq!(moved(CHICAGO, due), datetime!(2026-04-20 12:00 UTC));
}
