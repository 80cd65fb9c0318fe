//! The page of somebody's own link. GET changes nothing: mail scanners open every link before a person does.
use super::{THANKS, read};
use crate::access::held_link;
use crate::base::{error::Result, ids::PulseInvitationId};
use crate::features::pulse::{
    link,
    pages::{AnswerForm, AnswerPage},
    service::{self, Answered, Answerer},
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

#[derive(Deserialize)]
pub(in super::super) struct OfInvitation {
    invitation_id: PulseInvitationId,
}

/// From the address in the email to one that holds no secret.
pub(in super::super) async fn enter(State(app): State<App>, Path(secret): Path<String>) -> Result<Response> {
    held_link::hold(&app, &secret, LinkKind::Pulse, |of| link::page(PulseInvitationId(of.object_id))).await
}

fn shell(app: &App, headers: &HeaderMap) -> Shell {
    Shell { flash: flash::read(headers), ..Shell::for_anyone(app) }
}

pub(in super::super) async fn show(
    State(app): State<App>,
    Path(of): Path<OfInvitation>,
    headers: HeaderMap,
) -> Result<Response> {
    let (_, asked) = link::holder(&app, &headers, of.invitation_id).await?;
    let typed = (AnswerForm::default(), Errors::default());
    page::show(&AnswerPage::of(shell(&app, &headers), &asked, typed, app.clock.now()))
}

pub(in super::super) async fn answer(
    State(app): State<App>,
    Path(of): Path<OfInvitation>,
    headers: HeaderMap,
    Form(form): Form<AnswerForm>,
) -> Result<Response> {
    let (by, asked) = link::holder(&app, &headers, of.invitation_id).await?;
    let mut errors = Errors::default();
    let answer = read(&mut errors, &form);
    let page = AnswerPage::of(shell(&app, &headers), &asked, (form, errors.clone()), app.clock.now());
    if !page.takes_answers() {
        return page::show_with(if asked.answered { StatusCode::OK } else { StatusCode::CONFLICT }, &page);
    }
    let Some(answer) = answer else { return page::show_form(&page, &errors) };
    match service::answer(&app, Answerer::holder(&by), &answer).await? {
        Answered::Done | Answered::Before => Ok(flash::go_and_say(&link::page(of.invitation_id), THANKS)),
        // Between the page and the button: its day was over, or a coordinator closed it.
        Answered::Closed => Ok(page::go(&link::page(of.invitation_id))),
    }
}
