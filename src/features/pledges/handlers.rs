//! The supervisor's page by a link, the peer's own, and the coordinators' sums. GET changes nothing.
use super::{
    model::PledgeAnswer,
    pages::{BuyInPage, CheckFrame, CheckPage, OwnPage},
    service::{self, Answered, Check, PledgeHolder},
};
use crate::access::{Peer, ProgramCoordinator, held_link};
use crate::base::{
    error::{AppError, Result},
    ids::{ApprovalRequestId, PledgeId},
};
use crate::links::LinkKind;
use crate::web::{
    flash,
    form::{Errors, Form},
    page::{self, Shell},
    state::App,
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde::Deserialize;
use std::collections::HashMap;

fn path(request_id: ApprovalRequestId) -> String {
    format!("/pledges/{request_id}")
}

/// From the address in the email to one that holds no secret.
pub(super) async fn enter(State(app): State<App>, Path(secret): Path<String>) -> Result<Response> {
    held_link::hold(&app, &secret, LinkKind::Pledges, |link| path(ApprovalRequestId(link.object_id))).await
}

#[derive(Deserialize)]
pub(super) struct OfRequest {
    request_id: ApprovalRequestId,
}

async fn holder(app: &App, headers: &HeaderMap, of: &OfRequest) -> Result<PledgeHolder> {
    let (_, link) = held_link::held(app, headers, LinkKind::Pledges).await?;
    match link.program_id {
        Some(program_id) if link.object_id == of.request_id.0 => {
            Ok(PledgeHolder { program_id, request_id: of.request_id })
        }
        _ => Err(AppError::DeadLink),
    }
}

fn frame(app: &App, headers: &HeaderMap) -> CheckFrame {
    let shell = Shell { flash: flash::read(headers), ..Shell::for_anyone(app) };
    CheckFrame { shell, errors: Errors::default(), typed: None, overtaken: false }
}

pub(super) async fn show(State(app): State<App>, Path(of): Path<OfRequest>, headers: HeaderMap) -> Result<Response> {
    let by = holder(&app, &headers, &of).await?;
    let check = service::check(&app, &by).await?;
    page::show(&CheckPage::of(&check, path(of.request_id), frame(&app, &headers)))
}

/// The answers that a form holds, each under the name of its pledge's kind.
fn read(errors: &mut Errors, check: &Check, form: &HashMap<String, String>) -> Vec<(PledgeId, PledgeAnswer)> {
    let mut answers = Vec::new();
    for pledge in &check.pledges {
        let name = pledge.kind().as_str();
        let Some(word) = form.get(name).filter(|word| !word.is_empty()) else { continue };
        match PledgeAnswer::parse(word) {
            Some(answer) => answers.push((pledge.id, answer)),
            None => errors.add(name, "Choose done, not yet or cannot"),
        }
    }
    if let (true, true, Some(first)) = (answers.is_empty(), errors.is_empty(), check.pledges.first()) {
        errors.add(first.kind().as_str(), "Choose an answer, here or below");
    }
    answers
}

pub(super) async fn answer(
    State(app): State<App>,
    Path(of): Path<OfRequest>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response> {
    let by = holder(&app, &headers, &of).await?;
    let check = service::check(&app, &by).await?;
    let to = path(of.request_id);
    if !check.is_open {
        return page::show_with(StatusCode::CONFLICT, &CheckPage::of(&check, to, frame(&app, &headers)));
    }
    let mut errors = Errors::default();
    let answers = read(&mut errors, &check, &form);
    if !errors.is_empty() {
        let again = CheckFrame { errors: errors.clone(), typed: Some(form), ..frame(&app, &headers) };
        return page::show_form(&CheckPage::of(&check, to, again), &errors);
    }
    let seen = form.get("seen").map_or("", String::as_str);
    match service::answer(&app, &by, &answers, seen).await? {
        Answered::Now => Ok(flash::go_and_say(&to, "Thank you. Your answer is noted. You can change it here.")),
        outcome => {
            let check = service::check(&app, &by).await?;
            let overtaken = outcome == Answered::Overtaken;
            let again = CheckFrame { typed: Some(form), overtaken, ..frame(&app, &headers) };
            page::show_with(StatusCode::CONFLICT, &CheckPage::of(&check, to, again))
        }
    }
}

pub(super) async fn own(State(app): State<App>, by: Peer) -> Result<Response> {
    let own = service::own(&app, &by).await?;
    page::show(&OwnPage::of(&by, by.shell(&app), &own))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TickForm {
    /// The kinds of the pledges that happened.
    happened: Vec<String>,
}

pub(super) async fn tick(State(app): State<App>, by: Peer, Form(form): Form<TickForm>) -> Result<Response> {
    service::tick(&app, &by, |pledge| form.happened.iter().any(|word| word == pledge.kind().as_str())).await?;
    Ok(flash::go_and_say(&format!("{}/pledges", by.program().path()), "Saved, for you alone."))
}

pub(super) async fn buy_in(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let backing = service::backing(&app, &by).await?;
    page::show(&BuyInPage::of(by.program(), by.shell(&app), &backing))
}
