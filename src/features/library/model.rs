//! What a program's library holds: what ships, without what is switched off, with what was added. No database,
//! no HTML.
use super::shipped::{EXAMPLES, KINDS};
use crate::base::{ids::LibraryEntryId, text::fold_name};

crate::text_enum! {
    /// What an entry is.
    pub enum EntryKind {
        Goal = "goal",
        Element = "element",
        Question = "question",
    }
}

/// The most entries that a program adds.
pub(super) const MOST_ENTRIES: usize = 120;
/// The most elements that a goal to adapt brings along.
pub(super) const MOST_ELEMENTS: usize = 6;

/// Something that a program's coordinators added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: LibraryEntryId,
    pub kind: EntryKind,
    /// What somebody does ("Teaching"); nothing for a goal.
    pub work: String,
    /// The words of an element or a question; a goal's title.
    pub title: String,
    pub of_group: bool,
    pub statement: String,
    pub measure: String,
    /// One a line.
    pub elements: String,
}

/// A goal to adapt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// In the address that fills the form with it.
    pub name: String,
    pub of_group: bool,
    pub title: String,
    pub statement: String,
    /// How they will know.
    pub measure: String,
    /// At most six.
    pub elements: Vec<String>,
}

/// What somebody does, what can be seen or heard of it, and what to ask somebody who does it well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    pub name: String,
    pub elements: Vec<String>,
    pub questions: Vec<String>,
}

/// What peers of a program begin from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Library {
    /// A group's first.
    pub goals: Vec<Example>,
    pub kinds: Vec<Kind>,
}

impl Library {
    /// The goal to adapt with this name.
    #[must_use]
    pub fn example(&self, name: &str) -> Option<&Example> {
        self.goals.iter().find(|example| example.name == name)
    }
}

/// What something that ships is called where it is switched off: "element, Teaching: Speaking pace".
#[must_use]
pub fn shipped_name(kind: EntryKind, work: &str, words: &str) -> String {
    match kind {
        EntryKind::Goal => format!("goal: {words}"),
        EntryKind::Element => format!("element, {work}: {words}"),
        EntryKind::Question => format!("question, {work}: {words}"),
    }
}

/// Every name that can be switched off.
pub(super) fn is_shipped(name: &str) -> bool {
    let goals = EXAMPLES.iter().map(|one| shipped_name(EntryKind::Goal, "", one.name));
    let kinds = KINDS.iter().flat_map(|kind| {
        let elements = kind.elements.iter().map(|words| shipped_name(EntryKind::Element, kind.name, words));
        elements.chain(kind.questions.iter().map(|words| shipped_name(EntryKind::Question, kind.name, words)))
    });
    goals.chain(kinds).any(|one| one == name)
}

/// The library of a program that has these names off and these entries of its own.
#[must_use]
pub fn merged(off: &[String], entries: &[Entry]) -> Library {
    let is_on = |kind, work: &str, words: &str| !off.contains(&shipped_name(kind, work, words));
    let mut goals: Vec<Example> = EXAMPLES
        .iter()
        .filter(|one| is_on(EntryKind::Goal, "", one.name))
        .map(|one| Example {
            name: one.name.to_owned(),
            of_group: one.of_group,
            title: one.title.to_owned(),
            statement: one.statement.to_owned(),
            measure: one.measure.to_owned(),
            elements: one.elements.iter().map(|&element| element.to_owned()).collect(),
        })
        .collect();
    goals.extend(entries.iter().filter(|entry| entry.kind == EntryKind::Goal).map(|entry| Example {
        name: entry.id.to_string(),
        of_group: entry.of_group,
        title: entry.title.clone(),
        statement: entry.statement.clone(),
        measure: entry.measure.clone(),
        elements: entry.elements.lines().take(MOST_ELEMENTS).map(str::to_owned).collect(),
    }));
    goals.sort_by_key(|goal| !goal.of_group);
    let on = |kind, work: &str, all: &[&str]| -> Vec<String> {
        all.iter().filter(|words| is_on(kind, work, words)).map(|&words| words.to_owned()).collect()
    };
    let mut kinds: Vec<Kind> = KINDS
        .iter()
        .map(|kind| Kind {
            name: kind.name.to_owned(),
            elements: on(EntryKind::Element, kind.name, kind.elements),
            questions: on(EntryKind::Question, kind.name, kind.questions),
        })
        .collect();
    for entry in entries.iter().filter(|entry| entry.kind != EntryKind::Goal) {
        let at = kinds.iter().position(|kind| fold_name(&kind.name) == fold_name(&entry.work));
        let at = at.unwrap_or_else(|| {
            kinds.push(Kind { name: entry.work.clone(), elements: Vec::new(), questions: Vec::new() });
            kinds.len() - 1
        });
        if let Some(kind) = kinds.get_mut(at) {
            let list = if entry.kind == EntryKind::Element { &mut kind.elements } else { &mut kind.questions };
            list.push(entry.title.clone());
        }
    }
    kinds.retain(|kind| !kind.elements.is_empty() || !kind.questions.is_empty());
    Library { goals, kinds }
}
