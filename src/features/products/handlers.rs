//! Reads the request, calls one service function, picks the page.
use super::{
    pages::{OwnPage, SharedPage},
    service,
};
use crate::access::{Peer, ProgramCoordinator};
use crate::base::{error::Result, ids::ProductId, local_time::day_in, words};
use crate::web::{csv_file::CsvFile, flash, page, state::App};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct OfProduct {
    product_id: ProductId,
}

/// Where a page begins.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct From {
    below: String,
}

pub(super) async fn own(State(app): State<App>, by: Peer, Query(from): Query<From>) -> Result<Response> {
    let (own, shelf) = service::for_peer(&app, &by, ProductId::parse(&from.below)).await?;
    page::show(&OwnPage::of(by.program(), by.shell(&app), own, &shelf))
}

pub(super) async fn shared(
    State(app): State<App>,
    by: ProgramCoordinator,
    Query(from): Query<From>,
) -> Result<Response> {
    let shelf = service::for_coordinator(&app, &by, ProductId::parse(&from.below)).await?;
    page::show(&SharedPage::of(by.program(), by.shell(&app), &shelf))
}

pub(super) async fn file(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let mut file = CsvFile::with(&["Product", "Whose", "How far", "Link", "Shared since"])?;
    for one in service::all_shared(&app, &by).await? {
        let since = words::iso_day(day_in(&by.program().time_zone, one.shared_at));
        file.row(&[one.title.as_str(), &one.owner_name, one.state.words(), &one.link, &since])?;
    }
    file.download(&format!("{} products", by.program().name))
}

pub(super) async fn share(State(app): State<App>, by: Peer, Path(of): Path<OfProduct>) -> Result<Response> {
    service::share(&app, &by, of.product_id).await?;
    Ok(back(&by, "Everybody in the program can see it now."))
}

pub(super) async fn take_back(State(app): State<App>, by: Peer, Path(of): Path<OfProduct>) -> Result<Response> {
    service::take_back(&app, &by, of.product_id).await?;
    Ok(back(&by, "It is no longer shared with the program."))
}

fn back(by: &Peer, said: &str) -> Response {
    flash::go_and_say(&format!("{}/products", by.program().path()), said)
}
