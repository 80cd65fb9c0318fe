//! The date slip: one square a week; met, missed, planned, a trip, and where now is.
use super::{
    model::{GroupFacts, MeetingState, ProgramFacts},
    thresholds::MOST_WEEKS,
};
use crate::base::words;
use crate::features::field_trips::TripState;
use time::{Date, Duration};

/// Squares are 20 wide and begin 24 apart.
const PITCH: i64 = 24;

/// The weeks that a slip draws, each from the weekday on which the program starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weeks {
    pub first: Date,
    pub count: i64,
}

impl Weeks {
    /// All weeks of a program; of a very long one those around now.
    pub fn of(program: &ProgramFacts, today: Date) -> Self {
        Self::between(program.starts_on, program.ends_on, today)
    }

    /// The weeks from one day to another, or the part of them around `today`.
    pub fn between(starts_on: Date, ends_on: Date, today: Date) -> Self {
        let all = (ends_on - starts_on).whole_days() / 7 + 1;
        let now = (today - starts_on).whole_days().div_euclid(7);
        let skipped = (now - MOST_WEEKS * 2 / 3).clamp(0, (all - MOST_WEEKS).max(0));
        Self { first: starts_on + Duration::days(7 * skipped), count: all.min(MOST_WEEKS) }
    }

    fn start(self, week: i64) -> Date {
        self.first + Duration::days(7 * week)
    }

    fn width(self) -> i64 {
        PITCH * self.count - 4
    }

    /// Where a day lies, in tenths; none when it is outside.
    fn now_tenths(self, today: Date) -> Option<i64> {
        let days = (today - self.first).whole_days();
        (days >= 0 && days <= 7 * self.count).then(|| (days * PITCH * 10 / 7 - 20).clamp(10, self.width() * 10 - 10))
    }
}

/// One week as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Week {
    pub x: i64,
    pub met: bool,
    pub missed: bool,
    pub planned: bool,
    pub trip: bool,
}

/// The name of a month over the week in which it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    pub x: i64,
    pub name: &'static str,
    /// It stands right of "Now", and is read after it.
    pub after_now: bool,
}

/// What `parts/slip.html` draws.
#[derive(Debug, Clone)]
pub struct Slip {
    pub width: i64,
    pub weeks: Vec<Week>,
    pub months: Vec<Month>,
    pub now_x: Option<String>,
    /// The same in words.
    pub label: String,
}

/// The slip of a group.
pub fn slip(group: &GroupFacts, weeks: Weeks, today: Date) -> Slip {
    let cells = (0..weeks.count).map(|week| cell(group, weeks, week, today)).collect();
    Slip { weeks: cells, label: label(group, today), ..frame(weeks, today) }
}

/// Only its frame: for the row of months over a column of slips.
pub fn frame(weeks: Weeks, today: Date) -> Slip {
    let now = weeks.now_tenths(today);
    Slip {
        width: weeks.width(),
        weeks: Vec::new(),
        months: months(weeks, now),
        now_x: now.map(|tenths| format!("{}.{}", tenths / 10, tenths % 10)),
        label: String::new(),
    }
}

fn cell(group: &GroupFacts, weeks: Weeks, week: i64, today: Date) -> Week {
    let from = weeks.start(week);
    let within = |day: Date| day >= from && day < from + Duration::days(7);
    let mut cell = Week { x: PITCH * week, ..Week::default() };
    for meeting in group.meetings.iter().filter(|meeting| within(meeting.day)) {
        match meeting.state {
            MeetingState::Held => cell.met = true,
            MeetingState::Scheduled => cell.planned = true,
            MeetingState::NotHeld | MeetingState::Cancelled => cell.missed |= meeting.day <= today,
        }
    }
    // A meeting that was moved within its week was not missed.
    cell.missed &= !cell.planned;
    cell.trip = group.trips.iter().any(|trip| within(trip.day) && is_drawn(trip.state));
    cell
}

const fn is_drawn(state: TripState) -> bool {
    !matches!(state, TripState::Postponed | TripState::Cancelled)
}

/// Months are left out where "Now" would cover them; and the first, when it is nearly over.
fn months(weeks: Weeks, now: Option<i64>) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    for week in 0..weeks.count {
        let (day, x) = (weeks.start(week), PITCH * week);
        let begins = week == 0 || (day - Duration::days(7)).month() != day.month();
        // A name reaches 28 to the right of where it begins, "Now" 16 to both sides.
        let from_now = now.map(|tenths| x * 10 - tenths);
        let covered = from_now.is_some_and(|tenths| (-440..200).contains(&tenths));
        let fits = x + 28 <= weeks.width() || week == 0;
        if begins && fits && !covered {
            if months.last().is_some_and(|month| x - month.x < 40) {
                months.pop();
            }
            months.push(Month {
                x,
                name: words::short_month(day),
                after_now: from_now.is_some_and(|tenths| tenths > 0),
            });
        }
    }
    months
}

/// "Reading Room: met on 20 January and 9 February; trip on 23 February; next on 4 May."
fn label(group: &GroupFacts, today: Date) -> String {
    let days = |days: Vec<Date>| words::list(&days.into_iter().map(words::day).collect::<Vec<_>>());
    let met: Vec<Date> = group.held(today).map(|meeting| meeting.day).collect();
    let missed: Vec<Date> = group
        .meetings
        .iter()
        .filter(|m| matches!(m.state, MeetingState::NotHeld | MeetingState::Cancelled) && m.day <= today)
        .map(|m| m.day)
        .collect();
    let trips: Vec<Date> = group.trips.iter().filter(|trip| is_drawn(trip.state)).map(|trip| trip.day).collect();
    let mut parts = Vec::new();
    if met.is_empty() {
        parts.push("no meeting yet".to_owned());
    } else {
        parts.push(format!("met on {}", days(met)));
    }
    if !missed.is_empty() {
        parts.push(format!("missed on {}", days(missed)));
    }
    if !trips.is_empty() {
        parts.push(format!("field trip on {}", days(trips)));
    }
    if let Some(next) = group.next_meeting(today) {
        parts.push(format!("next meeting on {}", words::day(next.day)));
    }
    format!("{}: {}.", group.name, parts.join("; "))
}
