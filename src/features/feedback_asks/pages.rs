//! The form that asks, and what the pages of feedback show of asks.
use super::queries::Waiting;
use super::service::Askable;
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::ParticipationId,
    text, words,
};
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use serde::Deserialize;

/// The form as it was sent.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub(super) struct AskForm {
    pub(super) id: String,
    pub(super) from: Vec<String>,
    pub(super) on: Vec<String>,
    pub(super) due_on: String,
    pub(super) line: String,
}

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
    pub(super) fn of((shell, errors): (Shell, Errors), by: &GroupMember, can: Askable, typed: AskForm) -> Self {
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
    /// `mine`: the reader asked, so that it names the one who was asked.
    fn of(ask: Waiting, mine: bool, path: &str) -> Self {
        Self {
            name: text::first_name(if mine { &ask.giver_name } else { &ask.asker_name }).to_owned(),
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
struct WaitingPart {
    group: String,
    of_me: Vec<Line>,
    by_me: Vec<Line>,
}

/// What the list of feedback shows of asks.
#[derive(Debug, Default)]
pub(crate) struct Part {
    /// Empty when nothing waits.
    pub(crate) drawn: String,
    /// Somebody would like to hear from the reader.
    pub(crate) is_asked: bool,
}

/// What waits for a member and from them.
pub(super) fn waiting(by: &GroupMember, waiting: Vec<Waiting>) -> Result<Part> {
    if waiting.is_empty() {
        return Ok(Part::default());
    }
    let group = by.group().path();
    let (of_me, by_me): (Vec<Waiting>, Vec<Waiting>) =
        waiting.into_iter().partition(|ask| ask.giver_id == by.participation_id());
    let lines =
        |asks: Vec<Waiting>, mine: bool| asks.into_iter().map(|ask| Line::of(ask, mine, &group)).collect::<Vec<_>>();
    let (of_me, by_me) = (lines(of_me, false), lines(by_me, true));
    let is_asked = !of_me.is_empty();
    let drawn = WaitingPart { group, of_me, by_me }.render().map_err(AppError::internal)?;
    Ok(Part { drawn, is_asked })
}

#[derive(Template)]
#[template(path = "feedback_asks/asked.html")]
struct AskedPart {
    ask: Line,
}

/// What one person asked for; empty when they did not ask.
pub(super) fn asked(waiting: Vec<Waiting>, asker: ParticipationId) -> Result<String> {
    match waiting.into_iter().find(|one| one.asker_id == asker) {
        Some(ask) => AskedPart { ask: Line::of(ask, false, "") }.render().map_err(AppError::internal),
        None => Ok(String::new()),
    }
}
