//! Taking somebody off: one proposes, another decides.
use super::super::{
    pages::{ProposePage, RemovalPage, RemovalsPage, Row},
    service::{self, Decided, Decision, Proposed},
};
use crate::access::{CoordinatorOrContact, ParticipationState, ProgramCoordinator};
use crate::base::{
    error::Result,
    ids::{ParticipationId, RemovalId},
    words,
};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Deserialize;

/// The most characters of a reason.
const LONGEST_REASON: usize = 300;

#[derive(Deserialize)]
pub(in super::super) struct OfPerson {
    participation_id: ParticipationId,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct ReasonForm {
    reason: String,
}

fn people(by: &ProgramCoordinator) -> String {
    format!("{}/people", by.program().path())
}

pub(in super::super) async fn propose_page(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfPerson>,
) -> Result<Response> {
    show_propose(&app, &by, of.participation_id, (String::new(), Errors::default())).await
}

async fn show_propose(
    app: &App,
    by: &ProgramCoordinator,
    of: ParticipationId,
    (reason, errors): (String, Errors),
) -> Result<Response> {
    let seen = service::proposable(app, by, of).await?;
    if let Some(open) = seen.open.filter(|_| seen.who.person_id != by.viewer().person_id()) {
        return Ok(page::go(&format!("{}/removals/{open}", by.program().path())));
    }
    let is_in = matches!(seen.who.state, ParticipationState::Joined | ParticipationState::OnHold);
    if !is_in || seen.who.person_id == by.viewer().person_id() || !by.program().state.takes_people() {
        return Ok(flash::go_and_say(&people(by), "Only somebody else who has joined can be taken off by two people."));
    }
    let names: Vec<String> = seen.deciders.into_iter().map(|decider| decider.name).collect();
    let shown = ProposePage {
        shell: by.shell(app).with(&errors),
        path: by.program().path(),
        program: by.program().name.clone(),
        id: of.to_string(),
        name: seen.who.name,
        group: seen.who.group_name.unwrap_or_default(),
        deciders: if names.is_empty() { String::new() } else { words::list(&names) },
        reason,
        errors,
    };
    page::show_form(&shown, &shown.errors)
}

pub(in super::super) async fn propose(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfPerson>,
    Form(form): Form<ReasonForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let reason = errors.line("reason", &form.reason, LONGEST_REASON);
    if errors.is_empty() {
        let said = match service::propose(&app, &by, of.participation_id, reason).await? {
            Proposed::Now => Some("It is proposed. Those who can confirm it are written to."),
            Proposed::Before => Some("Nothing changed: this was proposed before."),
            Proposed::NotIn => Some("Only somebody else who has joined can be taken off by two people."),
            Proposed::NobodyElse => {
                errors.add("reason", "Nobody else could confirm it. Add another coordinator in the settings first");
                None
            }
        };
        if let Some(said) = said {
            return Ok(flash::go_and_say(&people(&by), said));
        }
    }
    show_propose(&app, &by, of.participation_id, (form.reason, errors)).await
}

pub(in super::super) async fn list(State(app): State<App>, by: CoordinatorOrContact) -> Result<Response> {
    let found = service::waiting(&app, &by).await?;
    let program = by.program();
    page::show(&RemovalsPage {
        shell: by.shell(&app),
        path: program.path(),
        program: program.name.clone(),
        rows: found.iter().map(|removal| Row::of(removal, &program.time_zone)).collect(),
    })
}

#[derive(Deserialize)]
pub(in super::super) struct OfRemoval {
    removal_id: RemovalId,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct DecisionForm {
    decision: String,
}

pub(in super::super) async fn page(
    State(app): State<App>,
    by: CoordinatorOrContact,
    Path(of): Path<OfRemoval>,
) -> Result<Response> {
    show(&app, &by, of.removal_id, Errors::default()).await
}

async fn show(app: &App, by: &CoordinatorOrContact, id: RemovalId, errors: Errors) -> Result<Response> {
    let seen = service::removal(app, by, id).await?;
    let program = by.program();
    let place = (program.path(), program.name.clone(), program.time_zone.as_str());
    let shown = RemovalPage::of(by.shell(app), errors, place, &seen);
    page::show_form(&shown, &shown.errors)
}

pub(in super::super) async fn decide(
    State(app): State<App>,
    by: CoordinatorOrContact,
    Path(of): Path<OfRemoval>,
    Form(form): Form<DecisionForm>,
) -> Result<Response> {
    let decision = match form.decision.as_str() {
        "confirm" => Decision::Confirm,
        "reject" => Decision::Reject,
        "take_back" => Decision::TakeBack,
        _ => {
            let mut errors = Errors::default();
            errors.add("decision", "Choose what is to happen");
            return show(&app, &by, of.removal_id, errors).await;
        }
    };
    let said = match (service::decide(&app, &by, of.removal_id, decision).await?, decision) {
        (Decided::Done(name), Decision::Confirm) => format!("{name} no longer takes part, and is told by email."),
        (Decided::Done(name), Decision::Reject | Decision::TakeBack) => format!("{name} goes on taking part."),
        (Decided::Before, _) => "Nothing changed: this was decided before.".to_owned(),
        (Decided::NotYou, _) => {
            let mut errors = Errors::default();
            errors.add("decision", "It takes two people: somebody else has to decide");
            return show(&app, &by, of.removal_id, errors).await;
        }
    };
    Ok(flash::go_and_say(&format!("{}/removals", by.program().path()), &said))
}
