//! The page of a member's own link. GET changes nothing: mail scanners open every link before a person does.
use super::{ENDED, read_answers};
use crate::access::held_link;
use crate::base::{error::Result, ids::TimePollAskId};
use crate::features::time_polls::{
    link,
    pages::{AnswerPage, Typed},
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
    http::HeaderMap,
    response::Response,
};
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize)]
pub(in super::super) struct OfAsk {
    poll_ask_id: TimePollAskId,
}

/// From the address in the email to one that holds no secret.
pub(in super::super) async fn enter(State(app): State<App>, Path(secret): Path<String>) -> Result<Response> {
    held_link::hold(&app, &secret, LinkKind::Poll, |of| link::page(TimePollAskId(of.object_id))).await
}

fn shell(app: &App, headers: &HeaderMap, errors: &Errors) -> Shell {
    Shell { flash: flash::read(headers), ..Shell::for_anyone(app) }.with(errors)
}

pub(in super::super) async fn show(
    State(app): State<App>,
    Path(of): Path<OfAsk>,
    headers: HeaderMap,
) -> Result<Response> {
    let by = link::holder(&app, &headers, of.poll_ask_id).await?;
    let standing = service::standing_by_link(&app, &by).await?;
    let typed = Typed::default();
    let shell = shell(&app, &headers, &typed.errors);
    page::show(&AnswerPage::of(shell, &by, &standing, (link::page(of.poll_ask_id), typed), app.clock.now()))
}

pub(in super::super) async fn answer(
    State(app): State<App>,
    Path(of): Path<OfAsk>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response> {
    let by = link::holder(&app, &headers, of.poll_ask_id).await?;
    let who = Answerer::holder(&by)?;
    let (standing, to, now) =
        (service::standing_by_link(&app, &by).await?, link::page(of.poll_ask_id), app.clock.now());
    let mut errors = Errors::default();
    let answers = read_answers(&form, &standing, now, &mut errors);
    if standing.takes_answers(now) && !errors.is_empty() {
        let typed = Typed { answers: Some(form), errors: errors.clone(), ..Typed::default() };
        let shell = shell(&app, &headers, &errors);
        return page::show_form(&AnswerPage::of(shell, &by, &standing, (to, typed), now), &errors);
    }
    let said = match service::answer(&app, &who, &answers).await? {
        Answered::Done => "Thank you. It is noted. You can change it here until a time is chosen.",
        Answered::Ended => ENDED,
    };
    Ok(flash::go_and_say(&to, said))
}
