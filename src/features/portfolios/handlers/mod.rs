//! The owner's page. GET changes nothing.
pub(super) mod asks;
pub(super) mod shared;
pub(super) mod sheet;

use super::{
    model::Thing,
    pages::{OwnPage, Shown},
    service,
};
use crate::access::OwnPart;
use crate::base::{
    error::{AppError, Result},
    ids::FeedbackId,
};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{extract::State, response::Response};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct OfFeedback {
    feedback_id: FeedbackId,
}

/// What is ticked: "goal:…", "feedback:…".
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Ticks {
    item: Vec<String>,
}

fn path(by: &OwnPart) -> String {
    format!("{}/portfolio", by.program().path())
}

/// The owner's page as it stands, with what has just been made or mistaken.
async fn show(app: &App, by: &OwnPart, shown: Shown, errors: Errors) -> Result<Response> {
    let own = service::own(app, by).await?;
    page::show_form(&OwnPage::of(by, by.shell(app), &own, (shown, errors.clone())), &errors)
}

pub(super) async fn own_page(State(app): State<App>, by: OwnPart) -> Result<Response> {
    show(&app, &by, Shown::default(), Errors::default()).await
}

pub(super) async fn choose(State(app): State<App>, by: OwnPart, Form(ticks): Form<Ticks>) -> Result<Response> {
    let things: Option<Vec<Thing>> = ticks.item.iter().map(|text| Thing::parse(text)).collect();
    let things = things.ok_or(AppError::Unreadable("a tick of nothing we know"))?;
    service::choose(&app, &by, &things).await?;
    Ok(flash::go_and_say(&path(&by), "Your portfolio holds what you ticked, and nothing else."))
}
