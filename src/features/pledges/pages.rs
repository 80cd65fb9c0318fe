//! What the pages about pledges need, ready to be shown.
use super::{
    model::{FEWEST_PEERS, FEWEST_PLEDGES, PledgeAnswer},
    service::{Backing, Check, Own},
};
use crate::access::{InProgram, Peer};
use crate::base::words;
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use std::collections::HashMap;

struct Choice {
    value: &'static str,
    label: &'static str,
    chosen: bool,
}

/// A question about one pledge.
struct Question {
    name: &'static str,
    line: String,
    told: &'static str,
    choices: Vec<Choice>,
}

/// What the supervisor's page knows besides the database.
pub(super) struct CheckFrame {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    /// What was typed, when the page is shown again.
    pub(super) typed: Option<HashMap<String, String>>,
    pub(super) overtaken: bool,
}

#[derive(Template)]
#[template(path = "pledges/check.html")]
pub(super) struct CheckPage {
    shell: Shell,
    errors: Errors,
    action: String,
    first_name: String,
    program: String,
    until: String,
    questions: Vec<Question>,
    answered: bool,
    overtaken: bool,
    is_open: bool,
    seen: String,
}

impl CheckPage {
    pub(super) fn of(check: &Check, action: String, frame: CheckFrame) -> Self {
        let CheckFrame { mut shell, errors, typed, overtaken } = frame;
        let request = &check.request;
        shell.institution = Some(request.program.institution.clone());
        let questions = check.pledges.iter().map(|pledge| {
            let name = pledge.kind().as_str();
            let chosen = match &typed {
                Some(typed) => typed.get(name).and_then(|word| PledgeAnswer::parse(word)),
                None => pledge.answer,
            };
            let choice = |answer: &PledgeAnswer| Choice {
                value: answer.as_str(),
                label: answer.words(),
                chosen: chosen == Some(*answer),
            };
            Question {
                name,
                line: pledge.promise.line(request.first_name()),
                told: pledge.answer.map_or("No answer yet", PledgeAnswer::words),
                choices: PledgeAnswer::ALL.iter().map(choice).collect(),
            }
        });
        Self {
            shell: shell.with(&errors),
            errors,
            action,
            first_name: request.first_name().to_owned(),
            program: request.program.name.clone(),
            until: words::day_and_year(request.program.ends_on),
            questions: questions.collect(),
            answered: check.pledges.iter().any(|pledge| pledge.answer.is_some()),
            overtaken,
            is_open: check.is_open,
            seen: check.seen(),
        }
    }
}

/// A pledge as its peer sees it.
struct OwnLine {
    kind: &'static str,
    line: String,
    told: String,
    happened: bool,
}

#[derive(Template)]
#[template(path = "pledges/own.html")]
pub(super) struct OwnPage {
    shell: Shell,
    errors: Errors,
    path: String,
    program: String,
    supervisor: String,
    lines: Vec<OwnLine>,
    is_open: bool,
    fewest: String,
}

impl OwnPage {
    pub(super) fn of(peer: &Peer, shell: Shell, own: &Own) -> Self {
        let program = peer.program();
        let supervisor = own.request.as_ref().map_or("", |request| request.supervisor.name.as_str());
        let first_name = own.request.as_ref().map_or("", |request| request.first_name());
        let lines = own.pledges.iter().map(|pledge| OwnLine {
            kind: pledge.kind().as_str(),
            line: pledge.promise.line(first_name),
            told: match pledge.answer {
                Some(answer) => {
                    format!("{supervisor} says: {}", answer.words().to_lowercase().replace("i cannot", "cannot"))
                }
                None => format!("{supervisor} has not said yet"),
            },
            happened: own.happened.contains(&pledge.id),
        });
        Self {
            shell,
            errors: Errors::default(),
            path: program.path(),
            program: program.name.clone(),
            supervisor: supervisor.to_owned(),
            lines: lines.collect(),
            is_open: program.state.takes_people(),
            fewest: words::number(usize::try_from(FEWEST_PLEDGES).unwrap_or_default()),
        }
    }
}

#[derive(Template)]
#[template(path = "pledges/buy_in.html")]
pub(super) struct BuyInPage {
    shell: Shell,
    path: String,
    program_name: String,
    people: Vec<(&'static str, i64, &'static str)>,
    pledges: Vec<(&'static str, i64, &'static str)>,
    nobody: bool,
    sum: String,
}

impl BuyInPage {
    pub(super) fn of(program: &InProgram, shell: Shell, backing: &Backing) -> Self {
        let open = backing.pledges - backing.kept - backing.not_kept;
        let sum = match backing.happened {
            Some(happened) => format!("{happened} of {} really happened, as the peers say.", backing.pledges),
            None => format!(
                "Shown once there are {FEWEST_PLEDGES} pledges to at least {FEWEST_PEERS} people, so that it points at nobody."
            ),
        };
        Self {
            shell,
            path: program.path(),
            program_name: program.name.clone(),
            people: vec![
                ("Advocating", backing.advocating, "A yes in effect or to come, with at least one pledge"),
                ("Authorised", backing.authorised, "A yes without a pledge"),
                ("Declined", backing.declined, "Not this term, or taken back"),
                ("Nothing decided", backing.undecided, "Asked, and waiting or without an answer"),
            ],
            pledges: vec![
                ("Kept", backing.kept, "The supervisor says done"),
                ("Open", open, "Not yet, or no answer yet"),
                ("Not kept", backing.not_kept, "The supervisor says they cannot"),
            ],
            nobody: backing.pledges == 0,
            sum,
        }
    }
}
