//! Reads the request, calls the service, chooses the page. GET changes nothing.
use super::{
    model::Stage,
    pages::NowPage,
    service::{self, Press},
};
use crate::base::{error::Result, ids::AgendaItemId};
use crate::features::meetings::AtMeeting;
use crate::web::{flash, form::Form, page, state::App};
use axum::{extract::State, response::Response};
use serde::Deserialize;

pub(super) async fn show(State(app): State<App>, at: AtMeeting) -> Result<Response> {
    let running = service::running(&app, &at.by, at.id).await?;
    let now = app.clock.now();
    if running.stage(now) == Stage::Closed {
        return Ok(page::go(&at.path()));
    }
    page::show(&NowPage::of(at.by.shell(&app), &at, &running, now))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PressForm {
    #[serde(rename = "do")]
    press: String,
    /// The item that the button stood at.
    item: String,
}

pub(super) async fn press(State(app): State<App>, at: AtMeeting, Form(form): Form<PressForm>) -> Result<Response> {
    let path = format!("{}/now", at.path());
    let Some(press) = Press::parse(&form.press) else {
        service::running(&app, &at.by, at.id).await?;
        return Ok(flash::go_and_say(&path, "That is no button of this page. Nothing was changed."));
    };
    service::press(&app, &at.by, at.id, (press, AgendaItemId::parse(&form.item))).await?;
    Ok(page::go(&path))
}
