//! What a place in a program takes: time, days away, money.
use crate::base::words;

/// What is asked of a supervisor, or what they agreed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Terms {
    pub(crate) hours_month: i32,
    /// In working hours, not in one's own time.
    pub(crate) work_time: bool,
    pub(crate) trip_days: i32,
    /// Hundredths of the program's currency.
    pub(crate) budget_cents: i32,
}

impl Terms {
    /// "4 hours a month".
    pub(crate) fn hours(&self) -> String {
        match self.hours_month {
            0 => "No fixed hours".to_owned(),
            1 => "1 hour a month".to_owned(),
            hours => format!("{hours} hours a month"),
        }
    }

    /// "in working hours".
    pub(crate) const fn when(&self) -> &'static str {
        if self.work_time { "in working hours" } else { "outside working hours" }
    }

    /// "One day", or that there is none.
    pub(crate) fn away(&self) -> String {
        match usize::try_from(self.trip_days).unwrap_or(0) {
            0 => "No days away".to_owned(),
            days => words::capital(&words::count(days, "day", "days")),
        }
    }

    /// "to see others at work, up to USD 80 for travel"; empty when there is nothing to add.
    pub(crate) fn away_note(&self, currency: &str) -> String {
        let money = words::money(self.budget_cents, currency);
        match (self.trip_days > 0, self.budget_cents > 0) {
            (true, true) => format!("to see others at work, up to {money} for travel"),
            (true, false) => "to see others at work, without cost".to_owned(),
            (false, true) => format!("up to {money} for other costs"),
            (false, false) => String::new(),
        }
    }

    /// What one trip takes: "One day away, up to USD 80."
    pub(crate) fn trip_line(&self, currency: &str) -> String {
        let money = words::money(self.budget_cents, currency);
        match (self.trip_days > 0, self.budget_cents > 0) {
            (true, true) => format!("{} away, up to {money}.", self.away()),
            (true, false) => format!("{} away, without cost.", self.away()),
            (false, true) => format!("Up to {money}."),
            (false, false) => "No days away, and no cost.".to_owned(),
        }
    }

    /// Everything in one line.
    pub(crate) fn line(&self, currency: &str) -> String {
        let note = self.away_note(currency);
        let gap = if note.is_empty() { "" } else { " " };
        format!("{} {}. {}{gap}{note}.", self.hours(), self.when(), self.away())
    }
}
