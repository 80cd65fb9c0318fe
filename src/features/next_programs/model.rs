//! What the next program takes over. No database, no HTML.
use crate::base::ids::{ProgramId, ThemeId};
use crate::features::programs::{Contacts, Settings, Theme, What, When};
use crate::mail::Mailbox;
use time::{Date, Duration};

/// What is asked of who starts the next program.
#[derive(Debug, Clone)]
pub struct New {
    /// Made when the page was drawn, so that a second press makes no second program.
    pub id: ProgramId,
    pub name: String,
    pub starts_on: Date,
    pub ends_on: Date,
}

/// A first and a last day to begin from: as long as this time, on the same days of the week, the first time that the
/// first day lies ahead when half years are counted on.
#[must_use]
pub fn proposed(when: &When, today: Date) -> (Date, Date) {
    const HALF_A_YEAR: Duration = Duration::weeks(26);
    let (mut first, mut last) = (when.starts_on, when.ends_on);
    while first <= today || first <= when.ends_on {
        first = first.saturating_add(HALF_A_YEAR);
        last = last.saturating_add(HALF_A_YEAR);
    }
    (first, last)
}

/// The settings of the next program. Themes move with the first day; what would lie after the last is left out.
/// `contacts` are those of this one who are still there.
#[must_use]
pub fn moved(settings: &Settings, new: &New, contacts: Contacts) -> Settings {
    let by = new.starts_on - settings.when.starts_on;
    let theme = |theme: &Theme| Theme {
        id: ThemeId::generate(),
        starts_on: theme.starts_on.saturating_add(by),
        ends_on: theme.ends_on.saturating_add(by).min(new.ends_on),
        title: theme.title.clone(),
        question: theme.question.clone(),
    };
    let themes = settings.themes.iter().map(theme).filter(|theme| theme.starts_on <= new.ends_on);
    Settings {
        what: What { name: new.name.clone(), ..settings.what.clone() },
        when: When { starts_on: new.starts_on, ends_on: new.ends_on, time_zone: settings.when.time_zone.clone() },
        meetings: settings.meetings.clone(),
        asks: settings.asks.clone(),
        answers: settings.answers.clone(),
        contacts,
        themes: themes.collect(),
    }
}

/// Whom people turn to, of those who still have an address; without any, who starts the program.
#[must_use]
pub(super) fn still_there(contacts: &Contacts, is_gone: fn(&str) -> bool, starter: Mailbox) -> Contacts {
    let all = [Some(&contacts.first), contacts.second.as_ref()].into_iter().flatten();
    let mut there = all.filter(|who| !is_gone(&who.email)).cloned();
    let first = there.next().unwrap_or(starter);
    Contacts { first, second: there.next() }
}
