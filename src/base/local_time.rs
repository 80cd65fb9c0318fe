//! Time zones. The `time` crate has none, so jiff's bundled database stands behind these
//! functions, and nowhere else.
use jiff::{
    civil,
    tz::{AmbiguousOffset, TimeZone},
};
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, Weekday};

/// Why a wall time names no single instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalTimeProblem {
    /// The clocks jump over it.
    Skipped,
    /// The clocks are set back and it happens twice.
    Twice,
    UnknownZone,
}

impl LocalTimeProblem {
    /// Words for the field where the time was typed.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Skipped => "This time does not exist: the clocks go forward over it. Choose another",
            Self::Twice => "This time happens twice: the clocks go back then. Choose another",
            Self::UnknownZone => "Choose a time zone from the list",
        }
    }
}

/// Whether the name stands in the IANA database ("Europe/Berlin").
#[must_use]
pub fn zone_exists(name: &str) -> bool {
    // Names are compared as IANA spells them; jiff would also take "europe/berlin".
    !name.is_empty() && TimeZone::get(name).is_ok_and(|zone| zone.iana_name() == Some(name))
}

/// Every zone name that a form offers, in order.
#[must_use]
pub fn zone_names() -> Vec<String> {
    let regions =
        ["Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/"];
    let mut names: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.to_string())
        .filter(|name| name == "UTC" || regions.iter().any(|region| name.starts_with(region)))
        .collect();
    names.sort();
    names
}

/// The instant of a wall time in a zone.
///
/// # Errors
/// When the wall time is skipped, happens twice, or the zone is unknown.
pub fn to_instant(zone: &str, local: PrimitiveDateTime) -> Result<OffsetDateTime, LocalTimeProblem> {
    let zone = TimeZone::get(zone).map_err(|_| LocalTimeProblem::UnknownZone)?;
    let civil = civil_of(local).ok_or(LocalTimeProblem::UnknownZone)?;
    match zone.to_ambiguous_timestamp(civil).offset() {
        AmbiguousOffset::Unambiguous { offset } => {
            let timestamp = offset.to_timestamp(civil).map_err(|_| LocalTimeProblem::UnknownZone)?;
            OffsetDateTime::from_unix_timestamp(timestamp.as_second()).map_err(|_| LocalTimeProblem::UnknownZone)
        }
        AmbiguousOffset::Gap { .. } => Err(LocalTimeProblem::Skipped),
        AmbiguousOffset::Fold { .. } => Err(LocalTimeProblem::Twice),
    }
}

/// The wall time of an instant in a zone; UTC when the zone is unknown, which the forms prevent.
#[must_use]
pub fn to_local(zone: &str, instant: OffsetDateTime) -> PrimitiveDateTime {
    let utc = || {
        let utc = instant.to_offset(time::UtcOffset::UTC);
        PrimitiveDateTime::new(utc.date(), utc.time())
    };
    let Ok(zone) = TimeZone::get(zone) else {
        return utc();
    };
    let Ok(timestamp) = jiff::Timestamp::from_second(instant.unix_timestamp()) else {
        return utc();
    };
    let shifted = instant.to_offset(
        time::UtcOffset::from_whole_seconds(zone.to_offset(timestamp).seconds()).unwrap_or(time::UtcOffset::UTC),
    );
    PrimitiveDateTime::new(shifted.date(), shifted.time())
}

/// The calendar date of an instant in a zone.
#[must_use]
pub fn day_in(zone: &str, instant: OffsetDateTime) -> Date {
    to_local(zone, instant).date()
}

/// The first instant of a date at a wall time, moved past a gap and taking the earlier of two.
///
/// For schedules that must happen some time; forms use [`to_instant`].
#[must_use]
pub fn nearest_instant(zone: &str, date: Date, at: Time) -> OffsetDateTime {
    let local = PrimitiveDateTime::new(date, at);
    to_instant(zone, local)
        .unwrap_or_else(|_| to_instant(zone, local + time::Duration::hours(1)).unwrap_or_else(|_| local.assume_utc()))
}

/// When a nudge that is due at `due` may reach somebody in a zone: not between 19:00 and 07:00
/// and not on a weekend, so at `due` itself or at the next permitted hour's beginning.
#[must_use]
pub fn next_permitted(zone: &str, due: OffsetDateTime) -> OffsetDateTime {
    const FROM: Time = time::macros::time!(7:00);
    const UNTIL: Time = time::macros::time!(19:00);
    let local = to_local(zone, due);
    let weekend = |day: Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    if !weekend(local.date()) && FROM <= local.time() && local.time() < UNTIL {
        return due;
    }
    let mut day = local.date();
    if weekend(day) || local.time() >= UNTIL {
        day = day.saturating_add(time::Duration::DAY);
    }
    while weekend(day) {
        day = day.saturating_add(time::Duration::DAY);
    }
    nearest_instant(zone, day, FROM)
}

fn civil_of(local: PrimitiveDateTime) -> Option<civil::DateTime> {
    let month = i8::try_from(u8::from(local.month())).ok()?;
    civil::DateTime::new(
        i16::try_from(local.year()).ok()?,
        month,
        i8::try_from(local.day()).ok()?,
        i8::try_from(local.hour()).ok()?,
        i8::try_from(local.minute()).ok()?,
        i8::try_from(local.second()).ok()?,
        0,
    )
    .ok()
}

/// A date as `<input type="date">` sends it (2026-05-04).
#[must_use]
pub fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text.trim().splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 {
        return None;
    }
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
}

/// A time as `<input type="time">` sends it (09:30, also 09:30:00).
#[must_use]
pub fn parse_time(text: &str) -> Option<Time> {
    let mut parts = text.trim().splitn(3, ':');
    let (hour, minute) = (parts.next()?, parts.next()?);
    Time::from_hms(hour.parse().ok()?, minute.parse().ok()?, 0).ok()
}
