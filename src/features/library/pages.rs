//! What the template needs, ready to show.
use super::{
    model::{Entry, EntryKind, shipped_name},
    service::Differences,
    shipped::{EXAMPLES, KINDS},
};
use crate::access::ProgramCoordinator;
use crate::base::{ids::LibraryEntryId, text::fold_name};
use crate::features::programs;
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use serde::Deserialize;

/// What was typed of an entry.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(default)]
pub(super) struct EntryForm {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) work: String,
    pub(super) title: String,
    /// "group" or "own".
    pub(super) whose: String,
    pub(super) statement: String,
    pub(super) measure: String,
    pub(super) elements: String,
}

impl EntryForm {
    fn of(entry: &Entry) -> Self {
        Self {
            id: entry.id.to_string(),
            kind: entry.kind.as_str().to_owned(),
            work: entry.work.clone(),
            title: entry.title.clone(),
            whose: if entry.of_group { "group" } else { "own" }.to_owned(),
            statement: entry.statement.clone(),
            measure: entry.measure.clone(),
            elements: entry.elements.clone(),
        }
    }
    fn fresh(kind: EntryKind) -> Self {
        Self { id: LibraryEntryId::generate().to_string(), kind: kind.as_str().to_owned(), ..Self::default() }
    }
}

/// Something that ships.
#[derive(Debug)]
pub(super) struct Shipped {
    name: String,
    words: String,
    /// Of a goal.
    more: String,
    on: bool,
}

/// Something that was added, with its form.
#[derive(Debug)]
pub(super) struct Own {
    words: String,
    more: String,
    form: EntryForm,
    /// Its form needs another look.
    open: bool,
}

/// What stands under one heading.
#[derive(Debug)]
pub(super) struct Part {
    /// Of elements and questions what somebody does; nothing over goals.
    work: String,
    shipped: Vec<Shipped>,
    own: Vec<Own>,
}

/// Goals, elements or questions.
#[derive(Debug)]
pub(super) struct Section {
    id: &'static str,
    heading: &'static str,
    about: &'static str,
    add_label: &'static str,
    is_goal: bool,
    /// What the box of words is called.
    words_label: &'static str,
    longest: usize,
    parts: Vec<Part>,
    new: EntryForm,
    new_open: bool,
}

#[derive(Template)]
#[template(path = "library/library.html")]
pub(super) struct LibraryPage {
    shell: Shell,
    pub(super) errors: Errors,
    program: String,
    name: String,
    lives: bool,
    sections: Vec<Section>,
    works: Vec<String>,
}

impl LibraryPage {
    /// `typed` is the form to look at again, whether of a new entry or of one that is there.
    pub(super) fn of(
        by: &ProgramCoordinator,
        there: &Differences,
        shell: Shell,
        (typed, errors): (Option<EntryForm>, Errors),
    ) -> Self {
        let section = |kind| section(kind, there, typed.as_ref());
        let mut works: Vec<String> = KINDS.iter().map(|kind| kind.name.to_owned()).collect();
        for entry in there.entries.iter().filter(|entry| entry.kind != EntryKind::Goal) {
            if !works.iter().any(|work| fold_name(work) == fold_name(&entry.work)) {
                works.push(entry.work.clone());
            }
        }
        Self {
            sections: EntryKind::ALL.iter().map(|kind| section(*kind)).collect(),
            works,
            shell: shell.with(&errors),
            errors,
            program: by.program().path(),
            name: by.program().name.clone(),
            lives: !programs::has_ended(by.program().state),
        }
    }
}

fn section(kind: EntryKind, there: &Differences, typed: Option<&EntryForm>) -> Section {
    let (id, heading, about, add_label, words_label, longest) = match kind {
        EntryKind::Goal => (
            "goals",
            "Goals to adapt",
            "Offered where a goal is written.",
            "Add a goal to adapt",
            "A few words for it",
            160,
        ),
        EntryKind::Element => (
            "elements",
            "What feedback may be about",
            "Things that can be seen or heard, offered where somebody proposes one.",
            "Add one that feedback may be about",
            "What can be seen or heard",
            120,
        ),
        EntryKind::Question => (
            "questions",
            "Questions for a visit",
            "Offered where a visit or an interview is planned.",
            "Add a question",
            "The question",
            200,
        ),
    };
    let of_kind = typed.filter(|form| form.kind == kind.as_str());
    let is_there = |form: &&EntryForm| there.entries.iter().any(|entry| entry.id.to_string() == form.id);
    let new = of_kind.filter(|form| !is_there(form));
    Section {
        id,
        heading,
        about,
        add_label,
        is_goal: kind == EntryKind::Goal,
        words_label,
        longest,
        parts: parts(kind, there, of_kind),
        new_open: new.is_some(),
        new: new.cloned().unwrap_or_else(|| EntryForm::fresh(kind)),
    }
}

fn parts(kind: EntryKind, there: &Differences, typed: Option<&EntryForm>) -> Vec<Part> {
    let shipped = |work: &str, words: &str, (called, more): (&str, String)| {
        let name = shipped_name(kind, work, called);
        Shipped { on: !there.off.contains(&name), name, words: words.to_owned(), more }
    };
    let mut parts: Vec<Part> = match kind {
        EntryKind::Goal => {
            let all = EXAMPLES.iter().map(|one| shipped("", one.title, (one.name, one.statement.to_owned())));
            vec![Part { work: String::new(), shipped: all.collect(), own: Vec::new() }]
        }
        EntryKind::Element | EntryKind::Question => KINDS
            .iter()
            .map(|of| {
                let all = if kind == EntryKind::Element { of.elements } else { of.questions };
                let all = all.iter().map(|words| shipped(of.name, words, (words, String::new()))).collect();
                Part { work: of.name.to_owned(), shipped: all, own: Vec::new() }
            })
            .collect(),
    };
    for entry in there.entries.iter().filter(|entry| entry.kind == kind) {
        let again = typed.filter(|form| form.id == entry.id.to_string());
        let own = Own {
            words: entry.title.clone(),
            more: entry.statement.clone(),
            open: again.is_some(),
            form: again.cloned().unwrap_or_else(|| EntryForm::of(entry)),
        };
        match parts.iter_mut().find(|part| fold_name(&part.work) == fold_name(&entry.work)) {
            Some(part) => part.own.push(own),
            None => parts.push(Part { work: entry.work.clone(), shipped: Vec::new(), own: vec![own] }),
        }
    }
    parts
}
