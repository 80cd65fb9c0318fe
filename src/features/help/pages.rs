//! What the page needs, ready to be shown.
use super::service::{Asked, Help};
use crate::base::{ids::HelpAskId, local_time, words};
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use serde::Deserialize;

/// What somebody types to whom.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct HelpForm {
    pub(super) id: String,
    /// A program and a person in it.
    pub(super) to: String,
    pub(super) words: String,
    /// From where they came, as far as it is known.
    pub(super) page: String,
    /// Ticked: it is sent along.
    pub(super) with_page: String,
}

impl HelpForm {
    pub(super) fn first(page: String) -> Self {
        Self { id: HelpAskId::generate().to_string(), page, ..Self::default() }
    }
}

struct Choice {
    value: String,
    name: String,
    role: String,
    chosen: bool,
}

struct Before {
    iso: String,
    day: String,
    to: String,
    became: &'static str,
    page: String,
    words: String,
}

#[derive(Template)]
#[template(path = "help/help.html")]
pub(super) struct HelpPage {
    shell: Shell,
    errors: Errors,
    form: HelpForm,
    /// The page they came from, in words where it has some.
    came_from: String,
    choices: Vec<Choice>,
    before: Vec<Before>,
}

impl HelpPage {
    pub(super) fn of(shell: Shell, help: &Help, (form, errors): (HelpForm, Errors)) -> Self {
        Self {
            shell: shell.with(&errors),
            errors,
            choices: help
                .reachable
                .iter()
                .map(|one| Choice {
                    chosen: form.to == one.value(),
                    value: one.value(),
                    name: one.name.clone(),
                    role: one.role(),
                })
                .collect(),
            came_from: if form.page == "/" { "The start page".to_owned() } else { form.page.clone() },
            before: help.asked.iter().map(Before::of).collect(),
            form,
        }
    }
}

impl Before {
    fn of(asked: &Asked) -> Self {
        let day = local_time::day_in(&asked.time_zone, asked.sent_at);
        Self {
            iso: words::iso_day(day),
            day: words::short_day(day),
            to: format!("To {}, in {}", asked.to, asked.program),
            became: became(asked.outcome.as_deref()),
            page: asked.page.clone(),
            words: asked.words.clone(),
        }
    }
}

/// What became of the email.
fn became(outcome: Option<&str>) -> &'static str {
    match outcome {
        Some("sent") => "Sent.",
        Some("not_needed") => "Not sent: they no longer look after the program. Choose somebody else.",
        Some(_) => "It could not be delivered. Choose somebody else, or write to them yourself.",
        None => "On its way.",
    }
}
