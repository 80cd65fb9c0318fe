//! What a goal says, who has a say in it, and who reads which words. No database, no HTML.
use crate::base::secret::{hex, sha256};
use time::{Date, Duration};

/// After so many days, whoever has not answered no longer blocks.
const DAYS_TO_ANSWER: i64 = 14;

/// The first day on which silence no longer keeps a group's goal from being agreed.
pub fn asked_until(worded_on: Date) -> Date {
    worded_on.checked_add(Duration::days(DAYS_TO_ANSWER)).unwrap_or(Date::MAX)
}

/// How far a group is with agreeing its goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    All,
    /// Some have not answered, and have had their days.
    Enough,
    Waits,
}

/// `agreed` of the `asked` have said yes to a wording of that day.
pub fn consent(agreed: usize, asked: usize, worded_on: Date, today: Date) -> Consent {
    if agreed == 0 {
        Consent::Waits
    } else if agreed >= asked {
        Consent::All
    } else if today >= asked_until(worded_on) {
        Consent::Enough
    } else {
        Consent::Waits
    }
}

/// What was written before somebody belonged to the group is not theirs to read, unless it is their own.
pub fn is_readable(worded_on: Date, joined_on: Date, own: bool) -> bool {
    own || joined_on <= worded_on
}

/// What a goal says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wording {
    pub title: String,
    pub statement: String,
    /// How they will know that it is reached.
    pub measure: String,
    pub target_on: Option<Date>,
}

impl Wording {
    /// A mark of this very wording: who agrees or edits shows it, so that nobody agrees to words
    /// they have not read, or overwrites words they have not seen.
    pub fn mark(&self) -> String {
        let whole = format!("{}\0{}\0{}\0{:?}", self.title, self.statement, self.measure, self.target_on);
        hex(&sha256(whole.as_bytes())).chars().take(16).collect()
    }
}
