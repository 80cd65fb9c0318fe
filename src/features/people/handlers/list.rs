//! Everybody in the program, fifty at a time.
use super::super::{pages::ListPage, service};
use crate::access::ProgramCoordinator;
use crate::base::{error::Result, ids::ParticipationId};
use crate::web::{page, state::App};
use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(in super::super) struct Paging {
    /// The part of whoever stood last on the page before.
    after: String,
    /// Part of a name or an address.
    find: String,
}

pub(in super::super) async fn page(
    State(app): State<App>,
    by: ProgramCoordinator,
    Query(paging): Query<Paging>,
) -> Result<Response> {
    let after = ParticipationId::parse(&paging.after);
    let find = paging.find.trim();
    let people = service::read(&app, &by, after, find).await?;
    page::show(&ListPage::new(by.shell(&app), by.program(), &people, (after.is_some(), find), app.clock.now()))
}
