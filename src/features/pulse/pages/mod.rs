//! What the pages need, ready to be shown.
pub(super) mod coordinators;
mod outcomes;

use super::{link, queries::Invitation, service::Own};
use crate::access::InProgram;
use crate::base::{local_time, text::first_name, words};
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use outcomes::{Outcome, outcomes};
use serde::Deserialize;
use time::{Date, OffsetDateTime};

/// The form of the three questions as it was typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AnswerForm {
    pub(super) worth: String,
    pub(super) safe: String,
    pub(super) recommend: String,
    pub(super) line: String,
}

/// One number to choose.
struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

/// One of the three questions.
struct Question {
    name: &'static str,
    legend: String,
    hint: &'static str,
    choices: Vec<Choice>,
}

impl Question {
    fn of(name: &'static str, legend: String, hint: &'static str, (least, most): (i32, i32), typed: &str) -> Self {
        let choices = (least..=most).map(|n| n.to_string()).map(|value| Choice {
            chosen: typed == value,
            label: value.clone(),
            value,
        });
        Self { name, legend, hint, choices: choices.collect() }
    }
}

/// The questions, the line, and what is said before anything is sent.
struct Ask {
    questions: Vec<Question>,
    line: String,
    readers: String,
    until: String,
    errors: Errors,
}

impl Ask {
    fn of(program: &str, (fewest, last_day): (i32, Date), form: &AnswerForm, errors: Errors) -> Self {
        let (worth, would) = ("This is worth my time", format!("I would recommend {program} to a colleague"));
        Self {
            questions: vec![
                Question::of("worth", worth.to_owned(), "1 is not at all, 5 is very much.", (1, 5), &form.worth),
                Question::of(
                    "safe",
                    "I can be honest here".to_owned(),
                    "1 is not at all, 5 is very much.",
                    (1, 5),
                    &form.safe,
                ),
                Question::of(
                    "recommend",
                    would,
                    "0 is not at all likely, 10 is extremely likely.",
                    (0, 10),
                    &form.recommend,
                ),
            ],
            line: form.line.clone(),
            readers: format!(
                "read it after closing, without a name and in no order, if at least {} people write one; otherwise \
                 nobody does. Leave out what would tell who you are.",
                number(fewest)
            ),
            until: words::long_day(last_day),
            errors,
        }
    }
}

fn number(n: i32) -> String {
    words::number(usize::try_from(n).unwrap_or(0))
}

/// By a link, for one who need not sign in.
#[derive(Template)]
#[template(path = "pulse/answer.html")]
pub(super) struct AnswerPage {
    shell: Shell,
    path: String,
    program: String,
    program_path: String,
    first_name: String,
    /// The questions, while they can be answered.
    ask: Option<Ask>,
    answered: bool,
    /// It is closed for good; what came of it stands on the program's page.
    closed: bool,
}

impl AnswerPage {
    pub(super) fn of(
        shell: Shell,
        asked: &Invitation,
        (form, errors): (AnswerForm, Errors),
        now: OffsetDateTime,
    ) -> Self {
        let open = asked.takes_answers(now);
        let shell = Shell { institution: Some(asked.institution.clone()), ..shell };
        Self {
            shell: if open && !asked.answered { shell.with(&errors) } else { shell },
            path: link::page(asked.id),
            program: asked.program.clone(),
            program_path: format!("/programs/{}", asked.program_id),
            first_name: first_name(&asked.name).to_owned(),
            ask: (open && !asked.answered)
                .then(|| Ask::of(&asked.program, (asked.fewest, asked.last_day), &form, errors)),
            answered: open && asked.answered,
            closed: !open,
        }
    }
    pub(super) const fn takes_answers(&self) -> bool {
        self.ask.is_some()
    }
}

/// For those who take part.
#[derive(Template)]
#[template(path = "pulse/own.html")]
pub(super) struct PeerPage {
    shell: Shell,
    path: String,
    program: String,
    ask: Option<Ask>,
    /// What is so where nothing is asked.
    state: String,
    outcomes: Vec<Outcome>,
}

impl PeerPage {
    pub(super) fn of(shell: Shell, program: &InProgram, own: &Own, (form, errors): (AnswerForm, Errors)) -> Self {
        let to_answer = own.invitation.as_ref().filter(|one| !one.answered);
        let ask = own
            .open
            .as_ref()
            .zip(to_answer)
            .map(|(pulse, _)| Ask::of(&program.name, (pulse.fewest, pulse.last_day), &form, errors.clone()));
        let state = match (&own.open, &own.invitation) {
            (None, _) if own.closed.is_empty() => {
                "Half-way and at the end, everybody in a group is asked three questions. None are asked now.".to_owned()
            }
            (None, _) => String::new(),
            (Some(pulse), Some(_)) => format!(
                "You have answered, thank you. It counts once, and nobody can find it, you included. What comes of it \
                 stands here after {}.",
                words::long_day(pulse.last_day)
            ),
            (Some(pulse), None) => format!(
                "Those who were in a group on {} are asked three questions. You were not among them.",
                words::day(local_time::day_in(&program.time_zone, pulse.opened_at))
            ),
        };
        Self {
            shell: if ask.is_some() { shell.with(&errors) } else { shell },
            path: program.path(),
            program: program.name.clone(),
            ask,
            state,
            outcomes: outcomes(&own.closed, &program.time_zone),
        }
    }
    pub(super) const fn takes_answers(&self) -> bool {
        self.ask.is_some()
    }
}
