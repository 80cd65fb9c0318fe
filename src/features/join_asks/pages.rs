//! What the templates need, ready to be shown.
use super::queries::PublicProgram;
use super::service::Waiting;
use crate::access::InProgram;
use crate::base::{local_time, words};
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use serde::Deserialize;

/// What somebody types who asks to join.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AskForm {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) why: String,
}

#[derive(Template)]
#[template(path = "join_asks/public.html")]
pub(super) struct PublicPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) id: String,
    pub(super) program: String,
    pub(super) theme: String,
    pub(super) purpose: Vec<String>,
    pub(super) facts: Vec<(&'static str, String)>,
    pub(super) typed: AskForm,
}

impl PublicPage {
    pub(super) fn of(mut shell: Shell, program: PublicProgram, typed: AskForm, errors: Errors) -> Self {
        shell.institution = Some(program.institution.clone());
        let time = words::count(usize::try_from(program.hours_month).unwrap_or(0), "hour a month", "hours a month");
        let when = if program.work_time { "in work time" } else { "outside work time" };
        let mut facts = vec![
            ("Dates", words::from_to(program.starts_on, program.ends_on)),
            ("Time", format!("{}, {when}", words::capital(&time))),
            ("Meetings", format!("{} minutes, every {} days", program.meeting_minutes, program.rhythm_days)),
            ("Your group", format!("{} to {} people, all as equals", program.group_min, program.group_max)),
        ];
        if program.approval_required {
            facts.push(("Your supervisor", "Is asked for their yes, once you join".to_owned()));
        }
        Self {
            shell: shell.with(&errors),
            errors,
            id: program.id.to_string(),
            program: program.name,
            theme: program.theme,
            purpose: program.purpose.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
            facts,
            typed,
        }
    }
}

#[derive(Template)]
#[template(path = "join_asks/asked.html")]
pub(super) struct AskedPage {
    pub(super) shell: Shell,
    pub(super) program: String,
    pub(super) institution: String,
}

/// Somebody who asks.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) why: String,
    pub(super) iso: String,
    pub(super) day: String,
}

#[derive(Template)]
#[template(path = "join_asks/list.html")]
pub(super) struct ListPage {
    pub(super) shell: Shell,
    pub(super) path: String,
    pub(super) program: String,
    /// The whole address of the public page.
    pub(super) public: String,
    pub(super) rows: Vec<Row>,
    pub(super) more: bool,
    pub(super) allowed: bool,
    /// The program has not been opened, so that its public page does not show yet.
    pub(super) shows: bool,
}

impl ListPage {
    pub(super) fn of(shell: Shell, program: &InProgram, public: String, waiting: Waiting) -> Self {
        use crate::access::ProgramState::{Active, Open};
        let rows = waiting.asks.into_iter().map(|ask| {
            let day = local_time::day_in(&program.time_zone, ask.asked_at);
            Row {
                id: ask.id.to_string(),
                name: ask.name,
                email: ask.email,
                why: ask.why,
                iso: words::iso_day(day),
                day: words::day(day),
            }
        });
        Self {
            shell,
            path: program.path(),
            program: program.name.clone(),
            public,
            rows: rows.collect(),
            more: waiting.more,
            allowed: waiting.allowed,
            shows: waiting.allowed && matches!(program.state, Open | Active),
        }
    }
}
