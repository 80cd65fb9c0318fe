//! What the letter of participation adds up.
use crate::base::words;
use time::Date;

/// A held meeting at which somebody was present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attendance {
    /// How long it lasted.
    pub minutes: i32,
}

/// A trip that took place and that somebody went on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Journey {
    /// To another place than their own institution.
    pub away: bool,
    pub by_video: bool,
}

/// "12 hours", "1 hour 30 minutes", "45 minutes": the minutes of all meetings together.
#[must_use]
pub fn hours_in_words(meetings: &[Attendance]) -> String {
    let minutes: i64 = meetings.iter().map(|one| i64::from(one.minutes)).sum();
    let part = |n: i64, one: &str, many: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {many}")),
    };
    let parts: Vec<String> =
        [part(minutes / 60, "hour", "hours"), part(minutes % 60, "minute", "minutes")].into_iter().flatten().collect();
    if parts.is_empty() { "0 hours".to_owned() } else { parts.join(" ") }
}

/// Days on trips: one for each on which they went on site to another place.
#[must_use]
pub fn trip_days(trips: &[Journey]) -> usize {
    trips.iter().filter(|one| one.away && !one.by_video).count()
}

/// Everything the letter says of one person's part.
#[derive(Debug)]
pub(in super::super) struct Letter {
    /// In the order in which they belonged to them.
    pub(in super::super) groups: Vec<String>,
    pub(in super::super) meetings: Vec<Attendance>,
    pub(in super::super) trips: Vec<Journey>,
    pub(in super::super) products: Vec<String>,
    /// When their part ended before the program did.
    pub(in super::super) ended_on: Option<Date>,
}

impl Letter {
    /// "Seven meetings, 9 hours 30 minutes together".
    pub(in super::super) fn met(&self) -> String {
        match self.meetings.len() {
            0 => "None yet".to_owned(),
            n => format!(
                "{}, {} together",
                words::capital(&words::count(n, "meeting", "meetings")),
                hours_in_words(&self.meetings)
            ),
        }
    }

    /// "Two days"; nothing when there was none.
    pub(in super::super) fn went(&self) -> String {
        match trip_days(&self.trips) {
            0 => String::new(),
            n => words::capital(&words::count(n, "day", "days")),
        }
    }
}
