//! Reads the request, calls one service function, picks the page.
use super::{
    link,
    model::Audience,
    pages::{OwnPage, SharedPage, ShownPage},
    service::{self, Shared},
};
use crate::access::{OwnPart, ProgramCoordinator, held_link};
use crate::base::{
    error::{AppError, Result},
    ids::{ApprovalRequestId, ProductId},
    local_time::day_in,
    words,
};
use crate::links::LinkKind;
use crate::web::{
    csv_file::CsvFile,
    flash,
    form::Form,
    page::{self, Shell},
    state::App,
};
use axum::{
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct OfProduct {
    product_id: ProductId,
}

#[derive(Deserialize)]
pub(super) struct OfRequest {
    request_id: ApprovalRequestId,
}

/// Where a page begins.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct From {
    below: String,
}

/// Whom a button is about.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Choice {
    with: String,
}

impl Choice {
    fn audience(&self) -> Result<Audience> {
        Audience::parse(&self.with).ok_or(AppError::Unreadable("a choice without its reader"))
    }
}

pub(super) async fn own(State(app): State<App>, by: OwnPart, Query(from): Query<From>) -> Result<Response> {
    let shelf = service::for_peer(&app, &by, ProductId::parse(&from.below)).await?;
    page::show(&OwnPage::of(&by, by.shell(&app), shelf))
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
    let mut file = CsvFile::with(&["Product", "Whose", "How far", "Link", "Shared since", "In words"])?;
    for one in service::all_shared(&app, &by).await? {
        let since = words::iso_day(day_in(&by.program().time_zone, one.shared_at));
        file.row(&[one.title.as_str(), &one.owner_name, one.state.words(), &one.link, &since, &one.words])?;
    }
    file.download(&format!("{} products", by.program().name))
}

pub(super) async fn share(
    State(app): State<App>,
    by: OwnPart,
    Path(of): Path<OfProduct>,
    Form(choice): Form<Choice>,
) -> Result<Response> {
    let with = choice.audience()?;
    let said = match (service::share(&app, &by, of.product_id, with).await?, with) {
        (Shared::NoSupervisor, _) => "Nothing was shared: no supervisor’s yes is in effect for you.",
        (Shared::Done, Audience::Group) => "Your group can see it now.",
        (Shared::Done, Audience::Program) => "Everybody in the program can see it now.",
        (Shared::Done, Audience::Supervisor) => "Your supervisor can see it now, and is told by email.",
    };
    Ok(back(&by, said))
}

pub(super) async fn take_back(
    State(app): State<App>,
    by: OwnPart,
    Path(of): Path<OfProduct>,
    Form(choice): Form<Choice>,
) -> Result<Response> {
    let from = choice.audience()?;
    service::take_back(&app, &by, of.product_id, from).await?;
    let said = match from {
        Audience::Group => "Your group does not see it any more.",
        Audience::Program => "It is no longer shared with the program.",
        Audience::Supervisor => "Your supervisor does not see it any more.",
    };
    Ok(back(&by, said))
}

pub(super) async fn end_links(State(app): State<App>, by: OwnPart) -> Result<Response> {
    service::end_links(&app, &by).await?;
    Ok(back(&by, "Your supervisor sees nothing of it any more, and the links that were sent have ended."))
}

fn back(by: &OwnPart, said: &str) -> Response {
    flash::go_and_say(&format!("{}/products", by.program().path()), said)
}

/// From the address in the email to one that holds no secret.
pub(super) async fn enter(State(app): State<App>, Path(secret): Path<String>) -> Result<Response> {
    held_link::hold(&app, &secret, LinkKind::ShownProducts, |of| link::page(ApprovalRequestId(of.object_id))).await
}

pub(super) async fn shown(State(app): State<App>, Path(of): Path<OfRequest>, headers: HeaderMap) -> Result<Response> {
    let by = link::holder(&app, &headers, of.request_id).await?;
    let (request, products) = service::shown(&app, &by).await?;
    page::show(&ShownPage::of(Shell::for_anyone(&app), &request, products))
}
