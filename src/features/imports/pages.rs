//! What the pages about lists need.
use super::{
    model::{Counts, ImportState, done_words},
    queries::Batch,
};
use crate::access::{InProgram, ProgramState};
use crate::base::{ids::ImportId, words};
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
    pub(super) ignored: String,
    /// Something would be done.
    pub(super) does: bool,
    pub(super) verb: String,
    pub(super) done: String,
    /// Said when the program changed between preview and confirming.
    pub(super) differs: bool,
    pub(super) undoable: bool,
    pub(super) cut_off: bool,
}

impl BatchPage {
    pub(super) fn new(shell: Shell, program: &InProgram, id: ImportId, batch: &Batch, cut_off: bool) -> Self {
        let finished = matches!(batch.state, ImportState::Confirmed | ImportState::Undone);
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
            does: counts.new + counts.changed > 0,
            verb: verb(counts),
            done: done_words(counts),
            differs: finished && batch.done != batch.previewed,
            undoable: batch.state == ImportState::Confirmed && counts.new + counts.changed > 0 && !batch.followed,
            cut_off,
        }
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
