//! One address, three readers.
use super::{
    pages::{AboutPage, DeskPage},
    service,
};
use crate::access::{Peer, ProgramCoordinator, ProgramVisitor};
use crate::base::error::Result;
use crate::web::{page, state::App};
use axum::{extract::State, response::Response};

pub(super) async fn program(State(app): State<App>, visitor: ProgramVisitor) -> Result<Response> {
    match visitor {
        ProgramVisitor::Coordinator(by) => desk(&app, &by).await,
        ProgramVisitor::Peer(peer) => about_for_peer(&app, &peer).await,
        ProgramVisitor::Contact(contact) => {
            let about = service::about(&app, contact.program().id, None).await?;
            page::show(&AboutPage::of(contact.shell(&app), contact.program(), about))
        }
    }
}

async fn desk(app: &App, by: &ProgramCoordinator) -> Result<Response> {
    let desk = service::desk(app, by).await?;
    page::show(&DeskPage::of(by.shell(app), by.program(), &desk, app.clock.now()))
}

async fn about_for_peer(app: &App, peer: &Peer) -> Result<Response> {
    let about = service::about(app, peer.program_id(), Some(peer)).await?;
    page::show(&AboutPage::of(peer.shell(app), peer.program(), about).joining(peer))
}
