//! Dates, numbers and lists in words, as the pages say them.
use time::{Date, Month, PrimitiveDateTime, Time, Weekday};

/// "March".
#[must_use]
pub const fn month_of(day: Date) -> &'static str {
    month(day.month())
}

const fn month(month: Month) -> &'static str {
    match month {
        Month::January => "January",
        Month::February => "February",
        Month::March => "March",
        Month::April => "April",
        Month::May => "May",
        Month::June => "June",
        Month::July => "July",
        Month::August => "August",
        Month::September => "September",
        Month::October => "October",
        Month::November => "November",
        Month::December => "December",
    }
}

const fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// "Monday 4 May".
#[must_use]
pub fn long_day(date: Date) -> String {
    format!("{} {} {}", weekday(date.weekday()), date.day(), month(date.month()))
}

/// "4 May".
#[must_use]
pub fn day(date: Date) -> String {
    format!("{} {}", date.day(), month(date.month()))
}

/// "4 May 2026".
#[must_use]
pub fn day_and_year(date: Date) -> String {
    format!("{} {}", day(date), date.year())
}

/// "4 May", with three letters for the month: for narrow columns.
#[must_use]
pub fn short_day(date: Date) -> String {
    format!("{} {}", date.day(), short_month(date))
}

/// "May", "Sep".
#[must_use]
pub fn short_month(date: Date) -> &'static str {
    &month(date.month())[..3]
}

/// "Mon".
#[must_use]
pub fn short_weekday(date: Date) -> &'static str {
    &weekday(date.weekday())[..3]
}

/// "12 January to 12 June 2026", with both years where they differ.
#[must_use]
pub fn from_to(from: Date, to: Date) -> String {
    if from.year() == to.year() {
        format!("{} to {}", day(from), day_and_year(to))
    } else {
        format!("{} to {}", day_and_year(from), day_and_year(to))
    }
}

/// "12:05".
#[must_use]
pub fn clock_time(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// "4 May, 12:05".
#[must_use]
pub fn day_and_time(at: PrimitiveDateTime) -> String {
    format!("{}, {}", day(at.date()), clock_time(at.time()))
}

/// "2026-05-04", for `datetime` attributes and date inputs.
#[must_use]
pub fn iso_day(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}

/// "five" up to twelve, then figures.
#[must_use]
pub fn number(n: usize) -> String {
    const WORDS: [&str; 13] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    WORDS.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// "once", "twice", "five times".
#[must_use]
pub fn times(n: usize) -> String {
    match n {
        0 => "not once".to_owned(),
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{} times", number(n)),
    }
}

/// "three groups", "one group": the number in words with its noun.
#[must_use]
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(n), if n == 1 { one } else { many })
}

/// The first letter in upper case.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// "Priya, Marcus and you".
#[must_use]
pub fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// "USD 80" or "USD 31.20" of an amount in hundredths.
#[must_use]
pub fn money(cents: i32, currency: &str) -> String {
    if cents % 100 == 0 {
        format!("{currency} {}", cents / 100)
    } else {
        format!("{currency} {}.{:02}", cents / 100, cents % 100)
    }
}
