//! The settings of a program as values, and when it may begin to close.
use crate::access::ProgramState;
use crate::base::{ids::ThemeId, text};
use crate::mail::Mailbox;
use time::{Date, Duration};

/// What the program is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct What {
    pub name: String,
    pub institution: String,
    pub theme: String,
    pub purpose: String,
}

/// Its dates, both within the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    pub starts_on: Date,
    pub ends_on: Date,
    /// IANA name; every date of the program is meant in it.
    pub time_zone: String,
}

/// How often groups meet and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meetings {
    pub rhythm_days: i32,
    pub meeting_minutes: i32,
    /// Set aside in every meeting for catching up.
    pub informal_minutes: i32,
    pub groups: Groups,
}

/// How many people make a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Groups {
    pub min: i32,
    pub target: i32,
    pub max: i32,
}

/// What is asked of each person, and so of their supervisor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asks {
    pub hours_month: i32,
    pub work_time: bool,
    pub trip_days: i32,
    /// Hundredths of the currency, for each person and the whole program.
    pub budget_cents: i32,
    /// Three capitals, as ISO 4217 has them.
    pub currency: String,
}

/// Whether and how supervisors answer, and how few answers are ever shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupervisorAnswers {
    pub approval_required: bool,
    pub answer_days: i32,
    pub smallest_shown: i32,
    /// Where supervisors are asked, in small letters and without "@"; empty: anywhere.
    pub domains: Vec<String>,
}

/// Whom people turn to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contacts {
    pub first: Mailbox,
    pub second: Option<Mailbox>,
}

/// A stretch of the program with a question of its own; both days belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    pub id: ThemeId,
    pub starts_on: Date,
    pub ends_on: Date,
    pub title: String,
    pub question: String,
}

/// Everything that is set about a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub what: What,
    pub when: When,
    pub meetings: Meetings,
    pub asks: Asks,
    pub answers: SupervisorAnswers,
    pub contacts: Contacts,
    pub themes: Vec<Theme>,
}

impl Theme {
    /// Whether it stays inside these dates.
    #[must_use]
    pub fn lies_within(&self, when: &When) -> bool {
        when.starts_on <= self.starts_on && self.ends_on <= when.ends_on
    }
}

/// A program as it is kept, with what its rules about changes ask for.
#[derive(Debug, Clone)]
pub struct Stored {
    pub settings: Settings,
    pub state: ProgramState,
    /// Themes that stand on a meeting's agenda, and so have to stay.
    pub used_themes: Vec<ThemeId>,
}

/// Closing begins this long before the end.
const CLOSING: Duration = Duration::days(21);

/// The day on which closing begins.
#[must_use]
pub fn closing_from(ends_on: Date) -> Date {
    ends_on.checked_sub(CLOSING).unwrap_or(ends_on)
}

/// Whether a supervisor may be asked at an address, where a program names domains; without any, everywhere.
#[must_use]
pub fn may_ask_at(domains: &[String], email: &str) -> bool {
    let folded = text::fold_email(email);
    domains.is_empty() || folded.rsplit_once('@').is_some_and(|(_, at)| domains.iter().any(|domain| domain == at))
}

/// "larkspur.example or larkspur.org".
#[must_use]
pub fn domain_words(domains: &[String]) -> String {
    match domains {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}
