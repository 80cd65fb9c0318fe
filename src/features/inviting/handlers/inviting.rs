//! Somebody who was invited and has not answered: once more, or not at all.
use super::super::{
    pages::RemovePage,
    service::{self, InvitedAgain, TakenOff},
};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::{
    error::{AppError, Result},
    ids::ParticipationId,
};
use crate::web::{flash, form::Form, page, state::App};
use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Deserialize;
use uuid::Uuid;

#[derive(Deserialize)]
pub(in super::super) struct OfPerson {
    participation_id: ParticipationId,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct Press {
    id: String,
}

pub(in super::super) async fn invite_again(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfPerson>,
    Form(press): Form<Press>,
) -> Result<Response> {
    let press = Uuid::try_parse(&press.id).map_err(|_| AppError::NotFound)?;
    let said = match service::invite_again(&app, &by, of.participation_id, press).await? {
        InvitedAgain::Sent(name) => format!("{name} is invited once more."),
        InvitedAgain::NotWaiting(name) => format!("{name} has answered already, so nothing was sent."),
        InvitedAgain::NotOpen => "Invitations go out while the program is open. Nothing was sent.".to_owned(),
    };
    Ok(back(&by, &said))
}

pub(in super::super) async fn remove_page(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfPerson>,
) -> Result<Response> {
    let Some(who) = service::invited(&app, &by, of.participation_id).await? else {
        return Ok(back(&by, "Only somebody who has not joined can be taken off here."));
    };
    page::show(&RemovePage {
        shell: by.shell(&app),
        path: by.program().path(),
        program_name: by.program().name.clone(),
        id: of.participation_id.to_string(),
        name: who.name,
        email: who.email,
        is_draft: by.program().state == ProgramState::Draft,
    })
}

pub(in super::super) async fn remove(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfPerson>,
) -> Result<Response> {
    let said = match service::take_off(&app, &by, of.participation_id).await? {
        TakenOff::Done(name) => format!("{name} is off the list."),
        TakenOff::TooLate(name) => format!("{name} has answered already and stays on the list."),
    };
    Ok(back(&by, &said))
}

fn back(by: &ProgramCoordinator, said: &str) -> Response {
    flash::go_and_say(&format!("{}/people", by.program().path()), said)
}
