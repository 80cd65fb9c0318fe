//! When a pulse takes answers, what may be said of it while it does, and what comes of it.
use crate::base::{
    ids::{ProgramId, PulseId},
    local_time,
};
use crate::features::progress::figures::{self, Share};
use std::ops::RangeInclusive;
use time::{Date, Duration, OffsetDateTime, Time, Weekday, macros::time};

crate::text_enum! {
    /// Which of a program's two pulses.
    pub enum PulseKind {
        Mid = "mid",
        End = "end",
    }
}

impl PulseKind {
    /// As a heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Mid => "Half-way",
            Self::End => "At the end",
        }
    }
}

/// Whatever a program sets, with fewer answers nothing is shown.
pub const FEWEST_EVER: i32 = 3;

/// With how few answers the results of a pulse are shown, from what its program sets; it stays so from opening on.
#[must_use]
pub const fn fewest(smallest_shown: i32) -> i32 {
    if smallest_shown > FEWEST_EVER { smallest_shown } else { FEWEST_EVER }
}

/// One pulse of a program.
#[derive(Debug, Clone)]
pub struct Pulse {
    pub id: PulseId,
    pub kind: PulseKind,
    pub opened_at: OffsetDateTime,
    /// The last day on which it can be answered, in the program's zone.
    pub last_day: Date,
    pub fewest: i32,
    pub invited: i32,
    pub closed_at: Option<OffsetDateTime>,
}

impl Pulse {
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }
    /// The day itself ends it, whether or not the clock's work was done since.
    #[must_use]
    pub fn takes_answers(&self, zone: &str, now: OffsetDateTime) -> bool {
        self.is_open() && local_time::day_in(zone, now) <= self.last_day
    }
}

/// Room for a reminder on a working day that is not the day of opening.
const SHORTEST_DAYS: i64 = 3;
const LONGEST_DAYS: i64 = 42;

/// The days that may be the last of a pulse that opens today.
#[must_use]
pub fn last_days(today: Date) -> RangeInclusive<Date> {
    today.saturating_add(Duration::days(SHORTEST_DAYS))..=today.saturating_add(Duration::days(LONGEST_DAYS))
}

/// When the one reminder leaves for a reader in a zone: at nine on the day before the last; on a weekend, the next
/// permitted hour, or on the working day before where that would be too late.
#[must_use]
pub fn reminder_at(zone: &str, last_day: Date) -> OffsetDateTime {
    const HOUR: Time = time!(9:00);
    let mut day = last_day.saturating_sub(Duration::DAY);
    let next = local_time::next_permitted(zone, local_time::nearest_instant(zone, day, HOUR));
    if local_time::day_in(zone, next) <= last_day {
        return next;
    }
    while matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
        day = day.saturating_sub(Duration::DAY);
    }
    local_time::nearest_instant(zone, day, HOUR)
}

/// What coordinators are told of the answers to an open pulse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SoFar {
    /// Not yet enough for results.
    Few,
    Enough,
    /// Enough would mean that everybody answered, or not enough that somebody in particular did not.
    Untold,
}

/// Whether answers suffice. Changes once, from [`SoFar::Few`] to [`SoFar::Enough`], so that looking again and again
/// shows nobody answering; and where so few are invited that this would be said of everybody, nothing is told.
#[must_use]
pub fn so_far(answers: i64, pulse: &Pulse) -> SoFar {
    if pulse.invited <= pulse.fewest {
        SoFar::Untold
    } else if answers >= i64::from(pulse.fewest) {
        SoFar::Enough
    } else {
        SoFar::Few
    }
}

/// What one person answers, without the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// "Worth my time", 1 to 5.
    pub worth: i32,
    /// "I can be honest here", 1 to 5.
    pub safe: i32,
    /// "Would recommend", 0 to 10.
    pub recommend: i32,
    /// Empty when none was written.
    pub line: String,
}

/// What comes of a pulse, for the whole program.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// Answers of invited.
    pub response: Share,
    /// [`figures::recommend`], −100 to 100.
    pub recommend: f64,
    /// [`figures::mean`], 1 to 5.
    pub worth: f64,
    pub safe: f64,
    /// In no order; `None` where there are too few lines to show any.
    pub lines: Option<Vec<String>>,
}

/// The results of a closed pulse; `None` while it is open, and from too few answers.
#[must_use]
pub fn results(pulse: &Pulse, answers: &[Answer]) -> Option<Results> {
    let enough = |n: usize| i32::try_from(n).is_ok_and(|n| n >= pulse.fewest);
    if pulse.is_open() || !enough(answers.len()) {
        return None;
    }
    let lines: Vec<String> = answers.iter().map(|one| one.line.clone()).filter(|line| !line.is_empty()).collect();
    Some(Results {
        response: figures::response(i32::try_from(answers.len()).ok()?, pulse.invited),
        recommend: figures::recommend(answers.iter().map(|one| one.recommend))?,
        worth: figures::mean(answers.iter().map(|one| one.worth))?,
        safe: figures::mean(answers.iter().map(|one| one.safe))?,
        lines: enough(lines.len()).then_some(lines),
    })
}

/// A pulse that is to be opened.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewPulse {
    pub(super) id: PulseId,
    pub(super) program_id: ProgramId,
    pub(super) kind: PulseKind,
    pub(super) last_day: Date,
    pub(super) fewest: i32,
    pub(super) invited: i32,
}
