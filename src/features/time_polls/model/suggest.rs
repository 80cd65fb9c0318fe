//! Times that are worth proposing, by what people say in their profiles. Each time is looked at on everybody's own
//! clock on its own day, so that a change of clocks between now and then is in it.
use crate::base::{ids::ParticipationId, local_time};
use crate::features::{matching::joined, profiles::Slot};
use std::cmp::Reverse;
use time::{Date, Duration, OffsetDateTime, PrimitiveDateTime, Time};

/// Days from now until the first suggestion, so that everybody can answer before.
const NOTICE_DAYS: i64 = 3;
/// And until the last.
const AHEAD_DAYS: i64 = 28;
/// How many are suggested: that leaves room for two of one's own.
const MOST: usize = 4;
const WEEK: i32 = 7 * 24 * 60;
/// Between which minutes of a working day somebody is asked who did not say when they can meet.
const OFFICE: (i32, i32) = (9 * 60, 17 * 60);

/// One who would come, and when they say they can, on their own clock.
#[derive(Debug, Clone)]
pub struct Member {
    pub id: ParticipationId,
    /// IANA name.
    pub time_zone: String,
    /// Empty: they did not say.
    pub week: Vec<Slot>,
}

impl Member {
    /// Whether they say that they can meet from then until then. `None`: they did not say when they can.
    #[must_use]
    pub fn can(&self, from: OffsetDateTime, to: OffsetDateTime) -> Option<bool> {
        (!self.week.is_empty()).then(|| self.fits(&joined(&self.week), from, to))
    }

    /// The same, with office hours on working days for those who did not say.
    fn probably_can(&self, from: OffsetDateTime, to: OffsetDateTime) -> bool {
        self.can(from, to).unwrap_or_else(|| {
            let office: Vec<_> = (0..5).map(|day| (day * 24 * 60 + OFFICE.0, day * 24 * 60 + OFFICE.1)).collect();
            self.fits(&office, from, to)
        })
    }

    fn fits(&self, spans: &[(i32, i32)], from: OffsetDateTime, to: OffsetDateTime) -> bool {
        let at = |instant| minute_of_week(local_time::to_local(&self.time_zone, instant));
        let (from, mut to) = (at(from), at(to));
        if to <= from {
            to += WEEK;
        }
        spans.iter().any(|(first, last)| *first <= from && to <= *last)
    }
}

fn minute_of_week(at: PrimitiveDateTime) -> i32 {
    let day = i32::from(at.weekday().number_days_from_monday());
    (day * 24 + i32::from(at.hour())) * 60 + i32::from(at.minute())
}

/// What suggestions keep to.
#[derive(Debug)]
pub struct Frame<'a> {
    /// IANA name of the group's zone, in which times are round.
    pub time_zone: &'a str,
    pub minutes: i32,
    pub now: OffsetDateTime,
    /// No suggestion is after this day.
    pub until: Date,
    /// From when to when the group meets already.
    pub busy: &'a [(OffsetDateTime, OffsetDateTime)],
}

/// A time at which so many can meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Free {
    pub local: PrimitiveDateTime,
    pub starts_at: OffsetDateTime,
    /// How many probably can.
    pub people: usize,
}

/// At most four times on different days, those at which most can first looked for, in the order of time.
#[must_use]
pub fn suggest(members: &[Member], frame: &Frame<'_>) -> Vec<Free> {
    let today = local_time::day_in(frame.time_zone, frame.now);
    let mut found: Vec<Free> = (NOTICE_DAYS..=AHEAD_DAYS)
        .map(|days| today.saturating_add(Duration::days(days)))
        .take_while(|day| *day <= frame.until)
        .filter_map(|day| best_of(day, members, frame))
        .collect();
    found.sort_by_key(|free| (Reverse(free.people), free.starts_at));
    found.truncate(MOST);
    found.sort_by_key(|free| free.starts_at);
    found
}

/// The time of a day at which most can, nearest to noon; `None` when nobody can.
fn best_of(day: Date, members: &[Member], frame: &Frame<'_>) -> Option<Free> {
    let noon = day.with_time(Time::MIDNIGHT) + Duration::hours(12);
    (14..41)
        .filter_map(|half_hour| {
            let local = day.with_time(Time::MIDNIGHT) + Duration::minutes(30 * half_hour);
            let starts_at = local_time::to_instant(frame.time_zone, local).ok()?;
            let ends_at = starts_at + Duration::minutes(i64::from(frame.minutes));
            if frame.busy.iter().any(|(from, to)| *from < ends_at && starts_at < *to) {
                return None;
            }
            let people = members.iter().filter(|one| one.probably_can(starts_at, ends_at)).count();
            (people > 0).then_some(Free { local, starts_at, people })
        })
        .min_by_key(|free| (Reverse(free.people), (free.local - noon).abs(), free.starts_at))
}
