//! Settings as they are typed, page by page, and the rules about changing them.
mod read;
mod typed;

pub use read::Change;
pub use typed::{Go, Typed};

use crate::access::ProgramState;
use crate::base::words;
use crate::features::programs::{Asks, Stored, SupervisorAnswers, Theme, When};
use crate::web::form::Errors;
use time::Date;

crate::text_enum! {
    /// One short page of settings, in the order in which a new program is asked about them.
    pub enum Step {
        What = "what",
        When = "when",
        Meetings = "meetings",
        Asks = "asks",
        Answers = "answers",
        Contacts = "contacts",
        Themes = "themes",
    }
}

impl Step {
    /// From 1.
    #[must_use]
    pub fn number(self) -> usize {
        Self::ALL.iter().position(|step| *step == self).map_or(1, |at| at + 1)
    }

    /// The page after this one; `None` after the last.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.number()).copied()
    }

    /// The page before this one; `None` before the first.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        self.number().checked_sub(2).and_then(|at| Self::ALL.get(at)).copied()
    }
}

/// Notes at its field what a change would break, given how far the program is and what day it is there.
pub fn forbidden(stored: &Stored, change: &Change, today: Date, errors: &mut Errors) {
    match change {
        Change::When(when) => dates_forbidden(stored, when, today, errors),
        Change::Asks(asks) => asks_forbidden(stored, asks, errors),
        Change::Answers(answers) => answers_forbidden(stored, answers, errors),
        Change::Themes(themes) => themes_forbidden(stored, themes, errors),
        Change::What(_) | Change::Meetings(_) | Change::Contacts(_) => {}
    }
}

fn dates_forbidden(stored: &Stored, when: &When, today: Date, errors: &mut Errors) {
    let before = &stored.settings.when;
    if stored.state.was_launched() && when.starts_on != before.starts_on {
        let message = format!("The groups have begun, so the start stays {}", words::day_and_year(before.starts_on));
        errors.add("starts_on", message);
    }
    if stored.state.was_launched() && when.time_zone != before.time_zone {
        errors.add("time_zone", format!("The groups have begun, so the zone stays {}", before.time_zone));
    }
    if stored.state.was_launched() && when.ends_on != before.ends_on && when.ends_on < today {
        errors.add("ends_on", "Choose a day that is still to come");
    }
    if let Some(theme) = stored.settings.themes.iter().find(|theme| !theme.lies_within(when)) {
        let message = format!("The theme “{}” would lie outside these dates. Change it first", theme.title);
        errors.add(if theme.starts_on < when.starts_on { "starts_on" } else { "ends_on" }, message);
    }
}

fn asks_forbidden(stored: &Stored, asks: &Asks, errors: &mut Errors) {
    let before = &stored.settings.asks;
    if stored.state != ProgramState::Draft && asks.currency != before.currency {
        let message = format!("Supervisors are asked in {} since the program is open, so it stays", before.currency);
        errors.add("currency", message);
    }
}

fn answers_forbidden(stored: &Stored, answers: &SupervisorAnswers, errors: &mut Errors) {
    let before = &stored.settings.answers;
    if stored.state.was_launched() && answers.approval_required && !before.approval_required {
        errors.add("approval_required", "The groups began without asking supervisors, so it stays that way");
    }
    if stored.state.was_launched() && answers.smallest_shown < before.smallest_shown {
        let message = format!("People were promised at least {}; it can only go up now", before.smallest_shown);
        errors.add("smallest_shown", message);
    }
}

fn themes_forbidden(stored: &Stored, themes: &[Theme], errors: &mut Errors) {
    for (at, kept) in stored.settings.themes.iter().enumerate() {
        if stored.used_themes.contains(&kept.id) && !themes.iter().any(|theme| theme.id == kept.id) {
            let message = format!("“{}” stands on a group’s agenda, so it has to stay. You can reword it", kept.title);
            errors.add(&format!("theme_title-{at}"), message);
        }
    }
}
