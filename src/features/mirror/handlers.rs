//! Two pages to look at.
use super::{
    pages::{CoordinatorPage, SupervisorPage},
    service,
};
use crate::access::Peer;
use crate::base::error::Result;
use crate::web::{page, state::App};
use axum::{extract::State, response::Response};

pub(super) async fn supervisor(State(app): State<App>, by: Peer) -> Result<Response> {
    let seen = service::by_supervisor(&app, &by).await?;
    page::show(&SupervisorPage::of(by.shell(&app), &by, seen, app.clock.now()))
}

pub(super) async fn coordinator(State(app): State<App>, by: Peer) -> Result<Response> {
    let seen = service::by_coordinators(&app, &by).await?;
    page::show(&CoordinatorPage::of(by.shell(&app), &by, &seen, app.clock.now()))
}
