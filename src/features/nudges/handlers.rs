//! The way out of the weekly email. GET changes nothing; a mail program's one click is a POST.
use super::{link, pages::StopPage, service};
use crate::base::error::Result;
use crate::web::{
    form::Form,
    page::{self, Shell},
    state::App,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct StopForm {
    again: String,
}

pub(super) async fn page(State(app): State<App>, Path(secret): Path<String>) -> Result<Response> {
    let link = link::find(&app, &secret).await?;
    let stopped = service::is_stopped(&app, &link).await?;
    page::show(&StopPage::of(Shell::for_anyone(&app), stopped, &secret))
}

/// The page itself, not a way on: mail programs follow none.
pub(super) async fn stop(
    State(app): State<App>,
    Path(secret): Path<String>,
    Form(form): Form<StopForm>,
) -> Result<Response> {
    let link = link::find(&app, &secret).await?;
    let stopped = form.again != "yes";
    service::set_stopped(&app, &link, stopped).await?;
    page::show(&StopPage::of(Shell::for_anyone(&app), stopped, &secret))
}
