//! What the templates of the agreement need, ready to show.
use super::model::{Clause, ClauseKind, MOST_OWN};
use super::service::{Seen, Whole};
use crate::access::GroupMember;
use crate::base::{local_time::day_in, text::first_name, words};
use crate::web::{form::Errors, page::Shell};
use askama::Template;

#[derive(Template)]
#[template(path = "agreements/agreement.html")]
pub(super) struct AgreementPage {
    shell: Shell,
    group: String,
    group_name: String,
    standing: String,
    /// The number that the reader's yes is missing from.
    asks_me: Option<i32>,
    /// The program has not ended.
    running: bool,
    /// What is proposed, then what is in force.
    standing_versions: Vec<Version>,
    earlier: Vec<Version>,
    said_yes: Vec<String>,
    not_yet: Vec<String>,
    readers: String,
}

struct Version {
    number: i32,
    heading: &'static str,
    note: String,
    clauses: Vec<Shown>,
    agreed: String,
}

/// A clause to read.
pub(super) struct Shown {
    title: String,
    lines: Vec<String>,
}

impl Shown {
    pub(super) fn of(clause: &Clause) -> Self {
        let lines = clause.body.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
        Self { title: clause.title.clone(), lines }
    }
}

impl AgreementPage {
    pub(super) fn of(shell: Shell, by: &GroupMember, seen: &Seen) -> Self {
        let newest = seen.newest();
        let in_force = seen.in_force();
        let is_newest = |version: &Whole| newest.is_some_and(|newest| newest.row.id == version.row.id);
        let stands =
            |version: &Whole| is_newest(version) || in_force.is_some_and(|force| force.row.id == version.row.id);
        let running = by.program().state.is_running();
        let names = |yes: bool| -> Vec<String> {
            let Some(newest) = newest else { return Vec::new() };
            let of = seen.members.iter().filter(|member| newest.has_yes_of(member.participation_id) == yes);
            of.map(|member| member.name.clone()).collect()
        };
        let missing = newest.filter(|newest| running && !newest.has_yes_of(by.participation_id()));
        let zone = &by.program().time_zone;
        Self {
            shell,
            group: by.group().path(),
            group_name: by.group().name.clone(),
            standing: standing(seen),
            asks_me: missing.map(|newest| newest.row.number),
            running,
            standing_versions: seen.versions.iter().rev().filter(|v| stands(v)).map(|v| version(v, zone)).collect(),
            earlier: seen.versions.iter().rev().filter(|v| !stands(v)).map(|v| version(v, zone)).collect(),
            said_yes: names(true),
            not_yet: names(false),
            readers: readers(by, seen),
        }
    }
}

fn version(version: &Whole, zone: &str) -> Version {
    let agreed: Vec<String> = version
        .answers
        .iter()
        .map(|answer| format!("{} on {}", answer.name, words::day_and_year(day_in(zone, answer.agreed_at))))
        .collect();
    let written = format!("Written by {} on {}", version.row.by_name, words::day_and_year(version.written_on));
    let (heading, note) = match version.row.adopted_on {
        Some(since) => ("What we agreed", format!("{written}, in force from {}", words::day_and_year(since))),
        None => ("What is proposed", written),
    };
    Version {
        number: version.row.number,
        heading,
        note,
        clauses: version.clauses.iter().map(Shown::of).collect(),
        agreed: words::list(&agreed),
    }
}

/// "In force since 20 April 2026. Agreed by 3 of 4."
fn standing(seen: &Seen) -> String {
    let Some(newest) = seen.newest() else { return "Nothing is agreed yet.".to_owned() };
    let yes = seen.members.iter().filter(|member| newest.has_yes_of(member.participation_id)).count();
    let counted = format!("greed by {yes} of {}", seen.members.len());
    match (newest.row.adopted_on, seen.in_force().and_then(|force| force.row.adopted_on)) {
        (Some(since), _) => format!("In force since {}. A{counted}.", words::day_and_year(since)),
        (None, Some(since)) => {
            format!(
                "A new version is proposed, a{counted}. Until then the one of {} holds.",
                words::day_and_year(since)
            )
        }
        (None, None) => format!("Proposed, a{counted}. Who has not answered after 14 days no longer blocks it."),
    }
}

/// "Hana, Marcus and you".
pub(super) fn readers(by: &GroupMember, seen: &Seen) -> String {
    let others = seen.members.iter().filter(|member| member.participation_id != by.participation_id());
    let mut names: Vec<String> = others.map(|member| first_name(&member.name).to_owned()).collect();
    if names.is_empty() {
        return "Only you".to_owned();
    }
    names.push("you".to_owned());
    words::list(&names)
}

/// One clause to write; its ids end in its number.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) number: usize,
    pub(super) kind: &'static str,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) own: bool,
}

/// The offered clauses, those that were dropped empty; then the group's own and two more lines.
pub(super) fn rows(clauses: &[Clause]) -> Vec<Row> {
    const MORE: usize = 2;
    let offered = ClauseKind::OFFERED.into_iter().map(|kind| {
        let body = clauses.iter().find(|clause| clause.kind == kind).map(|clause| clause.body.clone());
        (kind, kind.heading().to_owned(), body.unwrap_or_default())
    });
    let own: Vec<&Clause> = clauses.iter().filter(|clause| clause.kind == ClauseKind::Own).collect();
    let blank = MORE.min(MOST_OWN.saturating_sub(own.len()));
    let own = own.into_iter().map(|clause| (ClauseKind::Own, clause.title.clone(), clause.body.clone()));
    let blanks = (0..blank).map(|_| (ClauseKind::Own, String::new(), String::new()));
    let all = offered.chain(own).chain(blanks).enumerate();
    all.map(|(at, (kind, title, body))| Row {
        number: at + 1,
        kind: kind.as_str(),
        title,
        body,
        own: kind == ClauseKind::Own,
    })
    .collect()
}

#[derive(Template)]
#[template(path = "agreements/edit.html")]
pub(super) struct EditPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) group: String,
    pub(super) group_name: String,
    pub(super) id: String,
    /// The number of the version this began from; 0 for none.
    pub(super) base: i32,
    pub(super) rows: Vec<Row>,
    /// How it stands, when somebody changed it while this was typed.
    pub(super) stands: Option<Vec<Shown>>,
    pub(super) readers: String,
}
