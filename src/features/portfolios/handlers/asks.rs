//! The receiver of feedback asks, its giver answers.
use super::{
    super::{pages::AskedPage, service},
    OfFeedback, path,
};
use crate::access::OwnPart;
use crate::base::error::Result;
use crate::web::{flash, form::Form, page, state::App};
use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct Said {
    answer: String,
}

pub(in super::super) async fn ask(State(app): State<App>, by: OwnPart, Path(of): Path<OfFeedback>) -> Result<Response> {
    service::ask(&app, &by, of.feedback_id).await?;
    Ok(flash::go_and_say(&path(&by), "Asked. You can put it in once there is a yes."))
}

pub(in super::super) async fn page(State(app): State<App>, by: OwnPart) -> Result<Response> {
    let asked = service::asked_of(&app, &by).await?;
    page::show(&AskedPage::of(&by, by.shell(&app), asked))
}

pub(in super::super) async fn answer(
    State(app): State<App>,
    by: OwnPart,
    Path(of): Path<OfFeedback>,
    Form(said): Form<Said>,
) -> Result<Response> {
    let answer = service::Answer::parse(&said.answer);
    let words = match service::answer(&app, &by, of.feedback_id, answer).await? {
        service::Answer::Yes => "You said yes. You can take it back here at any time.",
        service::Answer::No => "It stays between the two of you, and stands in no portfolio.",
    };
    Ok(flash::go_and_say(&format!("{}/asked", path(&by)), words))
}
