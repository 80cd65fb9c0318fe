//! Which day fits a step of a trip.
use crate::base::words;
use time::Date;

/// What was typed about a day that lies behind, and why it cannot be right.
///
/// # Errors
/// With the words for the field.
pub fn day_between(day: Date, earliest: Option<Date>, latest: Date) -> Result<Date, String> {
    if day > latest {
        return Err("This day is yet to come. Enter a day up to today".to_owned());
    }
    match earliest {
        Some(earliest) if day < earliest => Err(format!("Enter a day from {} on", words::day_and_year(earliest))),
        _ => Ok(day),
    }
}

/// When the two talked beforehand: by today, and not after the observation.
///
/// # Errors
/// With the words for the field.
pub fn pre_meeting_day(day: Date, on_date: Date, today: Date) -> Result<Date, String> {
    if day > on_date {
        return Err(format!("You meet before the observation: enter a day up to {}", words::day_and_year(on_date)));
    }
    day_between(day, None, today)
}

/// Another day for a trip that has not taken place: within these days, and not the same again.
///
/// # Errors
/// With the words for the field.
pub fn new_day(day: Date, old: Option<Date>, days: std::ops::RangeInclusive<Date>) -> Result<Date, String> {
    if old == Some(day) {
        return Err("This is the day it is planned for. Choose another".to_owned());
    }
    if !days.contains(&day) {
        return Err(format!("Choose a day from today to the end of the program, {}", words::day_and_year(*days.end())));
    }
    Ok(day)
}
