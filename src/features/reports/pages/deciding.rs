//! What a contact sees: what waits, one item, what they decided.
use super::super::{
    model::{Case, Done, kind},
    service::Brought,
};
use crate::access::ProgramContact;
use crate::base::{local_time, text, words};
use crate::features::{
    feedback::{Feedback, Seen, above, seen},
    second_wordings::Second,
};
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use time::OffsetDateTime;

fn day(by: &ProgramContact, at: OffsetDateTime) -> String {
    words::day(local_time::day_in(by.viewer().time_zone(), at))
}

const fn how(stands: bool) -> &'static str {
    if stands { "It may stand" } else { "It stays closed" }
}

struct Line {
    href: String,
    kind: &'static str,
    /// "Reported on 14 April".
    reported: String,
    /// "Decided on 15 April: it may stand".
    decided: String,
}

/// What waits, and what was decided: dates and kinds only.
#[derive(Template)]
#[template(path = "reports/list.html")]
pub(in super::super) struct ListPage {
    shell: Shell,
    program: String,
    program_path: String,
    open: Vec<Line>,
    done: Vec<Line>,
}

impl ListPage {
    pub(in super::super) fn of(shell: Shell, by: &ProgramContact, open: &[Case], done: &[Done]) -> Self {
        let program_path = by.program().path();
        Self {
            shell,
            program: by.program().name.clone(),
            open: open
                .iter()
                .map(|case| Line {
                    href: format!("{program_path}/reports/{}", case.id),
                    kind: kind(case.is_spoken),
                    reported: case.reported_at.map(|at| day(by, at)).unwrap_or_default(),
                    decided: String::new(),
                })
                .collect(),
            done: done
                .iter()
                .map(|done| Line {
                    href: format!("{program_path}/reports/{}", done.id),
                    kind: kind(done.is_spoken),
                    reported: day(by, done.reported_at),
                    decided: format!("{}, {}", how(done.stands), day(by, done.at)),
                })
                .collect(),
            program_path,
        }
    }
}

/// Who reported it, when, and their line.
struct By {
    name: String,
    day: String,
    line: String,
}

/// The second wording of an item.
#[derive(Default)]
struct Beside {
    above: String,
    elements: Vec<Seen>,
    not_agreed: String,
}

impl Beside {
    fn of(by: &ProgramContact, item: &Feedback, second: &Second) -> Self {
        let on = day(by, second.written_at);
        let above = match item.logged_by {
            Some(logger) => format!("As {} remembers it, {on}", text::first_name(item.other(logger).1)),
            None => format!("In other words, {on}"),
        };
        Self { above, elements: second.texts.iter().map(seen).collect(), not_agreed: second.not_agreed.clone() }
    }
}

/// One item, and the form to decide.
#[derive(Template)]
#[template(path = "reports/case.html")]
pub(in super::super) struct CasePage {
    shell: Shell,
    errors: Errors,
    program_path: String,
    path: String,
    giver: String,
    receiver: String,
    after: String,
    /// "How Priya saw it".
    above: String,
    elements: Vec<Seen>,
    not_agreed: String,
    /// What stands beside it, if anything does.
    second: Beside,
    by: Vec<By>,
    /// Who reads the reason: who reported it and the two.
    readers: String,
    how: String,
    reason: String,
}

impl CasePage {
    pub(in super::super) fn of((shell, errors): (Shell, Errors), by: &ProgramContact, brought: &Brought) -> Self {
        let program_path = by.program().path();
        let first = |name: &str| text::first_name(name).to_owned();
        let (giver, receiver) = (first(&brought.feedback.giver_name), first(&brought.feedback.receiver_name));
        let mut readers: Vec<String> = vec![giver.clone(), receiver.clone()];
        for filed in &brought.filed {
            let name = first(&filed.reporter_name);
            if !readers.contains(&name) {
                readers.push(name);
            }
        }
        readers.push("you".to_owned());
        Self {
            shell: shell.with(&errors),
            errors,
            path: format!("{program_path}/reports/{}", brought.case.id),
            program_path,
            giver,
            receiver,
            after: brought.feedback.after(),
            above: above(&brought.feedback),
            second: brought.second.as_ref().map(|one| Beside::of(by, &brought.feedback, one)).unwrap_or_default(),
            elements: brought.texts.iter().map(seen).collect(),
            not_agreed: brought.feedback.not_agreed.clone(),
            by: brought
                .filed
                .iter()
                .map(|filed| By { name: filed.reporter_name.clone(), day: day(by, filed.at), line: filed.line.clone() })
                .collect(),
            readers: words::list(&readers),
            how: String::new(),
            reason: String::new(),
        }
    }

    pub(in super::super) fn with(self, how: &str, reason: &str) -> Self {
        Self { how: how.to_owned(), reason: reason.to_owned(), ..self }
    }
}

/// What was decided, without the item.
#[derive(Template)]
#[template(path = "reports/done.html")]
pub(in super::super) struct DonePage {
    shell: Shell,
    program_path: String,
    kind: &'static str,
    how: &'static str,
    reported: String,
    decided: String,
    reason: String,
}

impl DonePage {
    pub(in super::super) fn of(shell: Shell, by: &ProgramContact, done: Done) -> Self {
        Self {
            shell,
            program_path: by.program().path(),
            kind: kind(done.is_spoken),
            how: how(done.stands),
            reported: day(by, done.reported_at),
            decided: day(by, done.at),
            reason: done.reason,
        }
    }
}
