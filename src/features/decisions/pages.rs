//! What the page of decisions needs, ready to be shown.
use super::model::{Component, Decision, Typed, Verdict, how_many};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::{local_time::day_in, words};
use crate::features::programs::closing_from;
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;

/// One of the five.
struct Row {
    word: &'static str,
    label: &'static str,
    about: &'static str,
    verdict: String,
    /// "Keep it"; empty where nothing is decided.
    decided: &'static str,
    why: String,
    seen: String,
    /// What it drew, so that a row that nobody touched is left alone.
    drawn: String,
    /// "Teodor Vance, 4 June".
    by: String,
}

#[derive(Template)]
#[template(path = "decisions/decisions.html")]
pub(super) struct DecisionsPage {
    shell: Shell,
    errors: Errors,
    path: String,
    program: String,
    lede: String,
    may_decide: bool,
    /// The last day is past and nothing is missing.
    may_end: bool,
    verdicts: Vec<(&'static str, &'static str)>,
    rows: Vec<Row>,
}

impl DecisionsPage {
    pub(super) fn of(
        app: &App,
        by: &ProgramCoordinator,
        stands: &[Decision],
        (typed, errors): (Option<Typed>, Errors),
    ) -> Self {
        let program = by.program();
        let row = |component: Component| {
            let one = stands.iter().find(|one| one.component == component);
            let typed_or = |field: &str, stands: String| {
                typed.as_ref().map_or(stands, |typed| typed.of(field, component).to_owned())
            };
            Row {
                word: component.as_str(),
                label: component.label(),
                about: component.about(),
                verdict: typed_or("decision", one.map_or("", |one| one.verdict.as_str()).to_owned()),
                decided: one.map_or("", |one| one.verdict.label()),
                why: typed_or("why", one.map_or_else(String::new, |one| one.why.clone())),
                drawn: typed_or(
                    "drawn",
                    one.map_or_else(String::new, |one| Typed::drawn(one.verdict.as_str(), &one.why)),
                ),
                seen: typed_or("seen", one.map_or_else(String::new, Decision::seen)),
                by: one.map_or_else(String::new, |one| {
                    format!("{}, {}", one.by_name, words::day(day_in(&program.time_zone, one.decided_at)))
                }),
            }
        };
        Self {
            shell: by.shell(app).with(&errors),
            errors,
            path: program.path(),
            program: program.name.clone(),
            lede: lede(program.state, &words::day_and_year(closing_from(program.ends_on)), stands.len()),
            may_decide: program.state == ProgramState::Closing,
            may_end: program.state == ProgramState::Closing && program.is_over && stands.len() == Component::ALL.len(),
            verdicts: Verdict::ALL.iter().map(|verdict| (verdict.as_str(), verdict.label())).collect(),
            rows: Component::ALL.iter().copied().map(row).collect(),
        }
    }
}

fn lede(state: ProgramState, closing_from: &str, decided: usize) -> String {
    match state {
        ProgramState::Closing => {
            let then =
                if decided == Component::ALL.len() { "" } else { " The program ends once all five are decided." };
            let decided = how_many(decided);
            format!(
                "Five things make a program work. Say of each what becomes of it next time, and why. {decided}{then}"
            )
        }
        ProgramState::Archived => "What you decided when the program closed.".to_owned(),
        ProgramState::Cancelled => "The program was cancelled before anything was decided.".to_owned(),
        _ => format!("You decide this while the program closes, from {closing_from} on."),
    }
}
