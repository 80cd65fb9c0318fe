//! What a reader sees who reports an item.
use super::super::model::{Case, Own};
use crate::access::GroupMember;
use crate::base::{local_time, text, words};
use crate::features::showing::{Around, ReportState, verdict};
use crate::web::{form::Errors, page::Shell};
use askama::Template;

/// Who decides, by first name; empty where neither contact may.
fn decider(case: Option<&Case>) -> String {
    let decider = case.and_then(|case| case.decider.as_ref());
    decider.map(|decider| text::first_name(&decider.name).to_owned()).unwrap_or_default()
}

/// Before: what it means, and a line.
#[derive(Template)]
#[template(path = "reports/report.html")]
pub(in super::super) struct ReportPage {
    shell: Shell,
    errors: Errors,
    path: String,
    giver: String,
    receiver: String,
    /// Who decides, by first name; empty where neither contact may.
    decider: String,
    /// The other of the two, who would know that it was the reader, because nobody else reads it.
    would_know: String,
    line: String,
}

impl ReportPage {
    pub(in super::super) fn of(
        (shell, errors): (Shell, Errors),
        by: &GroupMember,
        around: &Around,
        case: Option<&Case>,
    ) -> Self {
        let giver = text::first_name(&around.giver_name).to_owned();
        let receiver = text::first_name(&around.receiver_name).to_owned();
        let me = by.participation_id();
        let alone = around.is_between(me) && !around.is_shown() && !around.is_reported;
        let other = if around.giver_id == me { &receiver } else { &giver };
        Self {
            shell: shell.with(&errors),
            errors,
            path: format!("{}/feedback/{}", by.group().path(), around.id),
            would_know: if alone { other.clone() } else { String::new() },
            decider: decider(case),
            giver,
            receiver,
            line: String::new(),
        }
    }

    pub(in super::super) fn with(self, line: &str) -> Self {
        Self { line: line.to_owned(), ..self }
    }
}

/// After: where it stands.
#[derive(Template)]
#[template(path = "reports/filed.html")]
pub(in super::super) struct FiledPage {
    shell: Shell,
    group_path: String,
    path: String,
    giver: String,
    receiver: String,
    day: String,
    line: String,
    is_open: bool,
    /// Who decides, as long as it is not decided.
    decider: String,
    verdict: String,
    reason: String,
    /// The reader can open the item's page.
    reads: bool,
}

impl FiledPage {
    pub(in super::super) fn of(shell: Shell, by: &GroupMember, own: Own, around: &Around) -> Self {
        let group_path = by.group().path();
        let is_open = own.state == ReportState::Open;
        let decided = around.decided.as_ref().filter(|_| !is_open);
        Self {
            shell,
            path: format!("{group_path}/feedback/{}", around.id),
            group_path,
            giver: text::first_name(&around.giver_name).to_owned(),
            receiver: text::first_name(&around.receiver_name).to_owned(),
            day: words::day(local_time::day_in(by.viewer().time_zone(), own.at)),
            line: own.line,
            is_open,
            decider: String::new(),
            verdict: decided.map(|decided| verdict(by, decided)).unwrap_or_default(),
            reason: decided.map(|decided| decided.reason.clone()).unwrap_or_default(),
            reads: around.is_between(by.participation_id())
                || around.others_read(around.shared_at.is_some_and(|at| by.belonged_at(at))),
        }
    }

    pub(in super::super) fn read_by(self, case: Option<&Case>) -> Self {
        Self { decider: decider(case), ..self }
    }
}
