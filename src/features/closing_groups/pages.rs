//! What the templates need, ready to show.
use super::service::Seen;
use crate::access::InProgram;
use crate::base::{text::first_name, words};
use crate::features::groups::Closing;
use crate::web::{form::Errors, page::Shell};
use askama::Template;

/// What can be done for a group that is too small.
#[derive(Template)]
#[template(path = "closing_groups/small.html")]
pub(super) struct SmallPage {
    shell: Shell,
    path: String,
    group: String,
    name: String,
    lede: String,
    closed: &'static str,
    small: bool,
    /// Nobody belongs to it: it can only be closed.
    empty: bool,
    /// Since when it goes on small, if that was decided.
    kept: Option<String>,
    ready: String,
}

impl SmallPage {
    pub(super) fn of(shell: Shell, program: &InProgram, seen: &Seen) -> Self {
        let path = program.path();
        let open = seen.open_members();
        let resting: Vec<String> = seen
            .members
            .iter()
            .filter(|member| !member.is_open_member())
            .map(|member| first_name(&member.name).to_owned())
            .collect();
        let has = if open == 0 {
            "Nobody is left in it".to_owned()
        } else {
            format!("It has {}", words::count(open, "member", "members"))
        };
        let rest = match resting.len() {
            0 => String::new(),
            1 => format!(" {} is on hold, and counted again once back.", words::list(&resting)),
            _ => format!(" {} are on hold, and counted again once back.", words::list(&resting)),
        };
        let lede = format!("{has}. Groups here have at least {}.{rest}", words::number(seen.least));
        Self {
            shell,
            group: format!("{path}/groups/{}", seen.group.id),
            path,
            name: seen.group.name.clone(),
            lede,
            closed: seen.closed_because(),
            small: seen.is_small(),
            empty: seen.members.is_empty(),
            kept: seen.kept_small().map(|kept| words::day(kept.on)),
            ready: match seen.ready {
                0 => "Nobody is ready to be placed now.".to_owned(),
                1 => "One person is ready to be placed.".to_owned(),
                n => format!("{} are ready to be placed.", words::capital(&words::count(n, "person", "people"))),
            },
        }
    }
}

/// What closing a group does.
#[derive(Template)]
#[template(path = "closing_groups/close.html")]
pub(super) struct ClosePage {
    shell: Shell,
    pub(super) errors: Errors,
    path: String,
    group: String,
    name: String,
    closed: &'static str,
    /// First names of those who are still in it.
    people: String,
    several: bool,
    meetings: String,
    merged: bool,
    completed: bool,
    dissolved: bool,
}

impl ClosePage {
    pub(super) fn of((shell, errors): (Shell, Errors), program: &InProgram, seen: &Seen, how: &str) -> Self {
        let path = program.path();
        let names: Vec<String> = seen.members.iter().map(|member| first_name(&member.name).to_owned()).collect();
        Self {
            shell: shell.with(&errors),
            group: format!("{path}/groups/{}", seen.group.id),
            path,
            name: seen.group.name.clone(),
            closed: seen.closed_because(),
            several: names.len() > 1,
            people: if names.is_empty() { String::new() } else { words::list(&names) },
            meetings: match seen.meetings_ahead {
                0 => String::new(),
                1 => "The meeting that is planned does not take place.".to_owned(),
                n => format!("The {} meetings that are planned do not take place.", words::number(n)),
            },
            merged: seen.merged,
            completed: how == Closing::Completed.as_str(),
            dissolved: how == Closing::Dissolved.as_str(),
            errors,
        }
    }
}
