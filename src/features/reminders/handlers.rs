//! The way out of reminders. GET changes nothing; a mail program's one click is a POST.
use super::{link, pages::StopPage, service};
use crate::base::error::Result;
use crate::web::{
    page::{self, Shell},
    state::App,
};
use axum::{
    extract::{Path, State},
    response::Response,
};

pub(super) async fn page(State(app): State<App>, Path(secret): Path<String>) -> Result<Response> {
    let link = link::find(&app, &secret).await?;
    let stopped = service::read(&app, &link).await?;
    page::show(&StopPage::of(Shell::for_anyone(&app), stopped, &secret))
}

/// The page itself, not a way on: mail programs follow none.
pub(super) async fn stop(State(app): State<App>, Path(secret): Path<String>) -> Result<Response> {
    let link = link::find(&app, &secret).await?;
    let stopped = service::stop(&app, &link).await?;
    page::show(&StopPage::of(Shell::for_anyone(&app), stopped, &secret))
}
