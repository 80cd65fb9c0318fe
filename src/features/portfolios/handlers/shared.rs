//! The link, made and ended by the owner, and the page it opens.
use super::{
    super::{
        link,
        model::Lifetime,
        pages::{SharedPage, Shown},
        service,
    },
    path, show,
};
use crate::access::{OwnPart, held_link};
use crate::base::{error::Result, ids::ParticipationId};
use crate::links::LinkKind;
use crate::web::{
    flash,
    form::{Errors, Form},
    page::{self, Shell},
    state::App,
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue},
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct HowLong {
    lives: String,
}

/// The address stands in this answer and nowhere else, so it is a page and not a way on.
pub(in super::super) async fn make_link(
    State(app): State<App>,
    by: OwnPart,
    Form(form): Form<HowLong>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let mut shown = Shown::default();
    match Lifetime::parse(&form.lives) {
        Some(lives) => shown.made = Some(service::make_link(&app, &by, lives).await?),
        None => errors.add("lives", "Choose how long the link lives"),
    }
    show(&app, &by, shown, errors).await
}

pub(in super::super) async fn end_link(State(app): State<App>, by: OwnPart) -> Result<Response> {
    service::end_link(&app, &by).await?;
    Ok(flash::go_and_say(&path(&by), "The link has ended. Whoever opens it reads that it is no longer shared."))
}

/// From the address that was handed on to one that holds no secret.
pub(in super::super) async fn enter(State(app): State<App>, Path(secret): Path<String>) -> Result<Response> {
    held_link::hold(&app, &secret, LinkKind::Portfolio, |of| link::page(ParticipationId(of.object_id))).await
}

#[derive(Deserialize)]
pub(in super::super) struct OfOwner {
    participation_id: ParticipationId,
}

pub(in super::super) async fn page(
    State(app): State<App>,
    Path(of): Path<OfOwner>,
    headers: HeaderMap,
) -> Result<Response> {
    let by = link::reader(&app, &headers, of.participation_id).await?;
    let (owner, portfolio) = service::shared(&app, &by).await?;
    let mut response = page::show(&SharedPage::of(Shell::for_anyone(&app), &owner, &portfolio))?;
    response.headers_mut().insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    Ok(response)
}
