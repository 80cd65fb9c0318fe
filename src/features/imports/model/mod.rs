//! Lines of a list, what was entered before, and what the difference is.
mod read;

pub(crate) use read::asked_only_at;
pub use read::{MOST_LINES, read};

use crate::base::{ids::ParticipationId, text, words};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// What a coordinator enters about somebody. `None`: the list did not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Entered {
    pub name: String,
    pub title: Option<String>,
    pub department: Option<String>,
    pub site: Option<String>,
    pub time_zone: Option<String>,
    pub supervisor_name: Option<String>,
    pub supervisor_email: Option<String>,
}

impl Entered {
    /// This list's words, and the earlier ones where it says nothing.
    #[must_use]
    pub fn over(&self, earlier: &Self) -> Self {
        let pick = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
        Self {
            name: self.name.clone(),
            title: pick(&self.title, &earlier.title),
            department: pick(&self.department, &earlier.department),
            site: pick(&self.site, &earlier.site),
            time_zone: pick(&self.time_zone, &earlier.time_zone),
            supervisor_name: pick(&self.supervisor_name, &earlier.supervisor_name),
            supervisor_email: pick(&self.supervisor_email, &earlier.supervisor_email),
        }
    }
}

/// One line that can be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub line: usize,
    pub email: String,
    pub entered: Entered,
}

/// One line that cannot: where, what stands there, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    pub line: usize,
    pub column: String,
    pub found: String,
    pub advice: String,
    /// The whole line, for the file of refused lines.
    pub cells: Vec<String>,
}

impl Refusal {
    /// "Line 3, email: “foo” is no email address. Correct it".
    #[must_use]
    pub fn message(&self) -> String {
        format!("Line {}, {}: {}", self.line, self.column, self.advice)
    }
}

/// The lines that cannot be taken, under the headings they came with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    pub header: Vec<String>,
    pub rows: Vec<Refusal>,
}

/// A list, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    pub lines: Vec<Line>,
    pub refused: Refused,
    /// Columns that mean nothing to us, as they are named.
    pub ignored: Vec<String>,
}

/// What the program holds under an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// Coordinators entered this before.
    Entered(ParticipationId, Entered),
    /// Takes part, entered by no list.
    Here,
}

/// What a line does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    New,
    Changed { id: ParticipationId, before: Box<Entered>, after: Box<Entered> },
    Unchanged,
}

/// What a line does, from what coordinators entered before. Whether its person has an account
/// plays no part.
#[must_use]
pub fn effect<S: std::hash::BuildHasher>(line: &Line, known: &HashMap<String, Known, S>) -> Effect {
    match known.get(&text::fold_email(&line.email)) {
        None => Effect::New,
        Some(Known::Here) => Effect::Unchanged,
        Some(Known::Entered(id, before)) => {
            let after = line.entered.over(before);
            if after == *before {
                Effect::Unchanged
            } else {
                Effect::Changed { id: *id, before: Box::new(before.clone()), after: Box::new(after) }
            }
        }
    }
}

/// How many lines do what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub new: usize,
    pub changed: usize,
    pub unchanged: usize,
}

/// Counts the lines.
#[must_use]
pub fn counts<S: std::hash::BuildHasher>(lines: &[Line], known: &HashMap<String, Known, S>) -> Counts {
    let mut counts = Counts::default();
    for line in lines {
        match effect(line, known) {
            Effect::New => counts.new += 1,
            Effect::Changed { .. } => counts.changed += 1,
            Effect::Unchanged => counts.unchanged += 1,
        }
    }
    counts
}

/// What one line changed when it was confirmed: enough to put it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Step {
    pub email: String,
    pub id: ParticipationId,
    /// What was entered before; `None` for somebody new.
    pub before: Option<Entered>,
    /// Had an account before this list: setting a password is then no act in answer to it.
    pub had_account: bool,
}

/// "Twelve people added, three changed. One person was here already and stays as before."
#[must_use]
pub fn done_words(counts: Counts) -> String {
    let people = |n: usize| words::count(n, "person", "people");
    let said = match (counts.new, counts.changed) {
        (0, 0) => "Nobody was added and nothing was changed.".to_owned(),
        (0, changed) => format!("{} changed.", words::capital(&people(changed))),
        (new, 0) => format!("{} added.", words::capital(&people(new))),
        (new, changed) => format!("{} added, {} changed.", words::capital(&people(new)), words::number(changed)),
    };
    let verb = match counts.unchanged {
        0 => return said,
        1 => "was here already and stays",
        _ => "were here already and stay",
    };
    format!("{said} {} {verb} as before.", words::capital(&people(counts.unchanged)))
}

crate::text_enum! {
    /// Where a list stands.
    pub enum ImportState {
        Previewed = "previewed",
        /// Confirmed, and being carried out.
        Working = "working",
        Confirmed = "confirmed",
        Undone = "undone",
    }
}
