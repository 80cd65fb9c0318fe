//! To print, and to save as a file.
use super::super::{
    model,
    pages::{FilePage, LetterPage, PrintPage},
    service,
};
use crate::access::OwnPart;
use crate::base::{
    error::{AppError, Result},
    local_time::day_in,
};
use crate::web::{page, state::App};
use askama::Template;
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

pub(in super::super) async fn to_print(State(app): State<App>, by: OwnPart) -> Result<Response> {
    let (owner, portfolio) = service::ticked(&app, &by).await?;
    page::show(&PrintPage::of(by.shell(&app), by.program(), &owner, &portfolio))
}

pub(in super::super) async fn letter(State(app): State<App>, by: OwnPart) -> Result<Response> {
    let (owner, letter) = service::letter(&app, &by).await?;
    let today = day_in(&owner.time_zone, app.clock.now());
    page::show(&LetterPage::of(by.shell(&app), by.program(), (&owner, &letter), today))
}

fn download(kind: &'static str, name: &'static str, body: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], body).into_response()
}

pub(in super::super) async fn html_file(State(app): State<App>, by: OwnPart) -> Result<Response> {
    let (owner, portfolio) = service::ticked(&app, &by).await?;
    let file = FilePage::of(&owner, &portfolio).render().map_err(AppError::internal)?;
    Ok(download("text/html; charset=utf-8", "portfolio.html", file))
}

pub(in super::super) async fn json_file(State(app): State<App>, by: OwnPart) -> Result<Response> {
    let (owner, portfolio) = service::ticked(&app, &by).await?;
    let document = model::document(&owner, &portfolio, day_in(&owner.time_zone, app.clock.now()));
    let file = serde_json::to_string_pretty(&document).map_err(AppError::internal)?;
    Ok(download("application/json; charset=utf-8", "portfolio.json", file))
}
