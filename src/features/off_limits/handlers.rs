//! Reads the request, calls one service function, picks the page.
use super::{
    pages::OffLimitsPage,
    service::{self, Added},
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::OffLimitsId,
};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct OfArea {
    area_id: OffLimitsId,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct AreaForm {
    id: String,
    words: String,
}

async fn show(app: &App, by: &GroupMember, (typed, errors): (String, Errors)) -> Result<Response> {
    let view = service::read(app, by).await?;
    let page = OffLimitsPage::of(by, &view, by.shell(app), (typed, errors));
    page::show_form(&page, &page.errors)
}

pub(super) async fn page(State(app): State<App>, by: GroupMember) -> Result<Response> {
    show(&app, &by, (String::new(), Errors::default())).await
}

pub(super) async fn add(State(app): State<App>, by: GroupMember, Form(form): Form<AreaForm>) -> Result<Response> {
    let mut errors = Errors::default();
    let id = OffLimitsId::parse(&form.id).ok_or(AppError::Unreadable("a form without its id"))?;
    let words = errors.required_line("words", &form.words, 120, "what to leave alone");
    if errors.is_empty() {
        match service::add(&app, &by, id, &words).await? {
            Added::Done => {
                let path = format!("{}/off-limits", by.group().path());
                return Ok(flash::go_and_say(&path, "Whoever observes you or writes to you sees it from now on."));
            }
            Added::There => errors.add("words", "This stands there already"),
            Added::Full => errors.add("words", "There are six already: take one away first"),
        }
    }
    show(&app, &by, (form.words, errors)).await
}

pub(super) async fn remove(State(app): State<App>, by: GroupMember, Path(of): Path<OfArea>) -> Result<Response> {
    service::remove(&app, &by, of.area_id).await?;
    let path = format!("{}/off-limits", by.group().path());
    Ok(flash::go_and_say(&path, "It is no longer off limits. Nobody is told."))
}
