//! Reads the request, calls one service function, picks the page.
use super::{
    pages::{SharePage, VisitsPage},
    service::{self, Outcome},
};
use crate::access::{GroupMember, OwnPart, ProgramCoordinator};
use crate::base::{error::Result, ids::FieldTripId};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct OfTrip {
    trip_id: FieldTripId,
}

fn back(by: &GroupMember, id: FieldTripId, said: &str) -> Response {
    flash::go_and_say(&format!("{}/trips/{id}/share", by.group().path()), said)
}

const fn said(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Proposed => "Your group sees the words. The program reads them once everybody who went agrees.",
        Outcome::Agreed => "You agreed. The program reads it once the others who went agree too.",
        Outcome::Shared => "Shared. Everybody in the program can read it now.",
        Outcome::Late => "This had changed before you pressed the button. Here is how it stands.",
    }
}

pub(super) async fn show(State(app): State<App>, by: GroupMember, Path(of): Path<OfTrip>) -> Result<Response> {
    let whole = service::read(&app, &by, of.trip_id).await?;
    page::show(&SharePage::of(&app, &by, &whole, (None, Errors::default())))
}

/// The words for the program, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WordsForm {
    words: String,
}

pub(super) async fn propose(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfTrip>,
    Form(form): Form<WordsForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let words = errors.required_paragraphs("words", &form.words, 8_000, "what the program may read");
    if !errors.is_empty() {
        let whole = service::read(&app, &by, of.trip_id).await?;
        return page::show_form(&SharePage::of(&app, &by, &whole, (Some(form.words), errors.clone())), &errors);
    }
    Ok(back(&by, of.trip_id, said(&service::propose(&app, &by, of.trip_id, &words).await?)))
}

/// Which words the page showed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SeenForm {
    seen: String,
}

pub(super) async fn agree(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfTrip>,
    Form(form): Form<SeenForm>,
) -> Result<Response> {
    Ok(back(&by, of.trip_id, said(&service::agree(&app, &by, of.trip_id, &form.seen).await?)))
}

pub(super) async fn take_back(State(app): State<App>, by: GroupMember, Path(of): Path<OfTrip>) -> Result<Response> {
    let done = service::take_back(&app, &by, of.trip_id).await?;
    Ok(back(&by, of.trip_id, if done { "Taken back. The program does not read it." } else { said(&Outcome::Late) }))
}

/// Where a page begins.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct From {
    below: String,
}

pub(super) async fn for_peers(State(app): State<App>, by: OwnPart, Query(from): Query<From>) -> Result<Response> {
    let (shelf, own) = service::for_peer(&app, &by, FieldTripId::parse(&from.below)).await?;
    page::show(&VisitsPage::of(by.program(), by.shell(&app), &shelf, by.is_open()).with_own(&own))
}

pub(super) async fn take_own_back(State(app): State<App>, by: OwnPart, Path(of): Path<OfTrip>) -> Result<Response> {
    let done = service::take_own_back(&app, &by, of.trip_id).await?;
    let said =
        if done { "Taken back. The program does not read it." } else { "There is nothing of yours to take back." };
    Ok(flash::go_and_say(&format!("{}/visits", by.program().path()), said))
}

pub(super) async fn for_coordinators(
    State(app): State<App>,
    by: ProgramCoordinator,
    Query(from): Query<From>,
) -> Result<Response> {
    let shelf = service::for_coordinator(&app, &by, FieldTripId::parse(&from.below)).await?;
    page::show(&VisitsPage::of(by.program(), by.shell(&app), &shelf, true).coordinating())
}
