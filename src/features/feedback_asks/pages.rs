//! The form that asks, and what the pages of feedback show of asks.
use super::queries::Waiting;
use super::service::Askable;
use crate::access::GroupMember;
use crate::base::{text, words};
use crate::web::{form::Errors, page::Shell};
use askama::Template;

/// Somebody or something that can be ticked.
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

#[derive(Template)]
#[template(path = "feedback_asks/ask.html")]
pub(super) struct AskPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) group: String,
    pub(super) id: String,
    pub(super) people: Vec<Choice>,
    pub(super) elements: Vec<Choice>,
    pub(super) due_on: String,
    pub(super) line: String,
}

impl AskPage {
    pub(super) fn of(
        (shell, errors): (Shell, Errors),
        by: &GroupMember,
        can: Askable,
        typed: super::handlers::AskForm,
    ) -> Self {
        let choice = |id: String, label: String, chosen: &[String]| Choice { chosen: chosen.contains(&id), id, label };
        Self {
            shell: shell.with(&errors),
            errors,
            group: by.group().path(),
            id: typed.id,
            people: can.people.into_iter().map(|(id, name)| choice(id.to_string(), name, &typed.from)).collect(),
            elements: can.elements.into_iter().map(|(id, title)| choice(id.to_string(), title, &typed.on)).collect(),
            due_on: typed.due_on,
            line: typed.line,
        }
    }
}

struct Line {
    id: String,
    /// The other of the two.
    name: String,
    on: String,
    by: String,
    words: String,
    href: String,
}

impl Line {
    fn of(ask: Waiting, (name, path): (&str, &str)) -> Self {
        Self {
            name: text::first_name(name).to_owned(),
            on: words::list(&ask.elements),
            by: ask.due_on.map_or_else(String::new, |day| format!(" by {}", words::day(day))),
            href: format!("{path}/feedback/new?to={}", ask.asker_id),
            words: ask.line,
            id: ask.id.to_string(),
        }
    }
}

#[derive(Template)]
#[template(path = "feedback_asks/waiting.html")]
pub(super) struct WaitingPart {
    group: String,
    of_me: Vec<Line>,
    by_me: Vec<Line>,
}

impl WaitingPart {
    pub(super) fn of(by: &GroupMember, waiting: Vec<Waiting>) -> Self {
        let group = by.group().path();
        let (mut of_me, mut by_me) = (Vec::new(), Vec::new());
        for ask in waiting {
            if ask.giver_id == by.participation_id() {
                let name = ask.asker_name.clone();
                of_me.push(Line::of(ask, (&name, &group)));
            } else {
                let name = ask.giver_name.clone();
                by_me.push(Line::of(ask, (&name, &group)));
            }
        }
        Self { group, of_me, by_me }
    }
}

#[derive(Template)]
#[template(path = "feedback_asks/asked.html")]
pub(super) struct AskedPart {
    ask: Line,
}

impl AskedPart {
    pub(super) fn of(ask: Waiting) -> Self {
        let name = ask.asker_name.clone();
        Self { ask: Line::of(ask, (&name, "")) }
    }
}
