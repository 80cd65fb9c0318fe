//! What the pages about lists need.
use super::{
    model::{Counts, ImportState, done_words},
    queries::Batch,
    service::Hindrance,
};
use crate::access::{InProgram, ProgramState};
use crate::base::{ids::ImportId, local_time, words};
use crate::web::{form::Errors, page::Shell};
use askama::Template;

/// Refused lines shown on the page; the file has all of them.
const SHOWN: usize = 25;

#[derive(Template)]
#[template(path = "imports/add.html")]
pub(super) struct AddPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) path: String,
    pub(super) program_name: String,
    pub(super) is_draft: bool,
    pub(super) lines: String,
}

/// One refused line.
pub(super) struct Row {
    pub(super) message: String,
}

#[derive(Template)]
#[template(path = "imports/batch.html")]
pub(super) struct BatchPage {
    pub(super) shell: Shell,
    pub(super) path: String,
    pub(super) here: String,
    pub(super) program_name: String,
    pub(super) is_draft: bool,
    pub(super) state: &'static str,
    pub(super) counts: Counts,
    pub(super) refused_lines: usize,
    pub(super) rows: Vec<Row>,
    pub(super) more: usize,
    pub(super) gone: String,
    pub(super) ignored: String,
    /// Something would be done.
    pub(super) does: bool,
    pub(super) verb: String,
    pub(super) done: String,
    /// Said when the program changed between preview and confirming.
    pub(super) differs: bool,
    pub(super) undoable: bool,
    /// Why it cannot be undone; empty where that needs no words.
    pub(super) hindered: &'static str,
    /// The later list that stands in the way: its address, and when it came in.
    pub(super) later: Option<(String, String)>,
    pub(super) cut_off: bool,
    /// The work is undoing it.
    pub(super) undoing: bool,
}

impl BatchPage {
    pub(super) fn new(
        shell: Shell,
        program: &InProgram,
        (id, batch): (ImportId, &Batch),
        hindrance: Option<Hindrance>,
        cut_off: bool,
    ) -> Self {
        let finished = batch.confirmed_at.is_some();
        let counts = if finished { batch.done } else { batch.previewed };
        let rows = batch.refused.rows.iter().take(SHOWN).map(|refusal| Row { message: refusal.message() });
        Self {
            shell,
            path: program.path(),
            here: format!("{}/imports/{id}", program.path()),
            program_name: program.name.clone(),
            is_draft: program.state == ProgramState::Draft,
            state: batch.state.as_str(),
            counts,
            refused_lines: batch.refused_lines,
            more: batch.refused.rows.len().saturating_sub(SHOWN),
            rows: rows.collect(),
            ignored: batch.ignored.clone(),
            gone: gone_words(batch.gone),
            does: counts.new + counts.changed > 0,
            verb: verb(counts),
            done: done_words(counts),
            differs: finished && batch.done != batch.previewed,
            undoable: hindrance.is_none(),
            hindered: hindrance.map_or("", hindered),
            later: match hindrance {
                Some(Hindrance::Followed(later, at)) => Some((
                    format!("{}/imports/{later}", program.path()),
                    words::day_and_time(local_time::to_local(&program.time_zone, at)),
                )),
                _ => None,
            },
            cut_off,
            undoing: batch.state == ImportState::Working && finished,
        }
    }
}

/// People who stay out, although they are on the list; empty where there are none.
fn gone_words(gone: i64) -> String {
    match usize::try_from(gone) {
        Ok(0) | Err(_) => String::new(),
        Ok(1) => {
            "One person on this list has left this program or was taken off. They stay so, and are not invited again."
                .to_owned()
        }
        Ok(n) => format!(
            "{} people on this list have left this program or were taken off. They stay so, and are not invited again.",
            words::capital(&words::number(n))
        ),
    }
}

/// Why a list cannot be undone, in words that tell of nobody in it what a coordinator may not know.
const fn hindered(why: Hindrance) -> &'static str {
    match why {
        Hindrance::Acted => {
            "This list can no longer be undone: somebody on it has acted since. People can be taken off one by one."
        }
        Hindrance::Followed(..) => {
            "This list cannot be undone yet: a later list changed somebody who is on this one. Undo that one first:"
        }
        Hindrance::TooOld => "This list can no longer be undone: what it changed was kept for 30 days.",
        Hindrance::Nothing => "",
    }
}

/// "Add 12 people and change three".
fn verb(counts: Counts) -> String {
    let people = |n: usize| words::count(n, "person", "people");
    match (counts.new, counts.changed) {
        (0, changed) => format!("Change {}", people(changed)),
        (new, 0) => format!("Add {}", people(new)),
        (new, changed) => format!("Add {} and change {}", people(new), words::number(changed)),
    }
}

#[derive(Template)]
#[template(path = "imports/undo.html")]
pub(super) struct UndoPage {
    pub(super) shell: Shell,
    pub(super) path: String,
    pub(super) here: String,
    pub(super) program_name: String,
    pub(super) is_draft: bool,
    /// "Twelve people are".
    pub(super) new: String,
    pub(super) changed: String,
}

impl UndoPage {
    pub(super) fn new(shell: Shell, program: &InProgram, id: ImportId, batch: &Batch) -> Self {
        let people = |n: usize| match n {
            0 => String::new(),
            n => words::capital(&words::count(n, "person is", "people are")),
        };
        Self {
            shell,
            path: program.path(),
            here: format!("{}/imports/{id}", program.path()),
            program_name: program.name.clone(),
            is_draft: program.state == ProgramState::Draft,
            new: people(batch.done.new),
            changed: people(batch.done.changed),
        }
    }
}
