//! The sum of a month against what was approved. No database, no HTML.
use crate::base::words;
use time::Date;

/// A calendar month of one person, in the program's zone.
#[derive(Debug, Clone, Copy)]
pub struct Month {
    /// Any day of it.
    pub day: Date,
    /// Of meetings that are planned, and of held ones at which the person was.
    pub minutes: i64,
    /// What their supervisor approved, in the approval in effect on that day; nothing where none is.
    pub agreed_hours: Option<i32>,
}

/// What the person reads where it is more than was approved. No fixed hours, or none asked for, are never too few.
#[must_use]
pub fn over(month: &Month) -> Option<String> {
    let hours = i64::from(month.agreed_hours.filter(|hours| *hours > 0)?);
    (month.minutes > hours * 60).then(|| {
        format!(
            "Your meetings in {} come to {}, and your supervisor approved {} a month. Only you read this.",
            words::month_of(month.day),
            spell(month.minutes),
            count(hours, "hour", "hours")
        )
    })
}

/// "5 hours 30 minutes".
fn spell(minutes: i64) -> String {
    let whole = count(minutes / 60, "hour", "hours");
    match minutes % 60 {
        0 => whole,
        rest => format!("{whole} {}", count(rest, "minute", "minutes")),
    }
}

fn count(n: i64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
