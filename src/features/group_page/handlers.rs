//! One address, two readers.
use super::{
    pages::{FactsPage, MembersPage},
    service,
};
use crate::access::GroupReader;
use crate::base::error::Result;
use crate::web::{page, state::App};
use axum::{extract::State, response::Response};

pub(super) async fn group(State(app): State<App>, reader: GroupReader) -> Result<Response> {
    let shell = reader.shell(&app);
    let now = app.clock.now();
    match &reader {
        GroupReader::Member(member) => {
            let inside = service::inside(&app, member).await?;
            page::show(&MembersPage::of(shell, member, &inside, now))
        }
        GroupReader::Coordinator(coordinator, group) => {
            let facts = service::facts(&app, coordinator, group).await?;
            page::show(&FactsPage::of(shell, coordinator.program(), group, &facts, now))
        }
    }
}
