//! Erasing one's own account, and that of somebody who asked a site admin to.
use super::super::{
    pages::ErasePage,
    service::{self, By, Outcome},
};
use crate::access::{SESSION_COOKIE, SESSION_COOKIE_HTTPS, SiteAdmin, Viewer};
use crate::base::{error::Result, ids::PersonId, text};
use crate::web::{
    cookies::{self, Cookie},
    flash,
    form::{Errors, Form},
    page::{self, Shell},
    state::App,
};
use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct EraseForm {
    email: String,
}

#[derive(Deserialize)]
pub(in super::super) struct OfPerson {
    person_id: PersonId,
}

pub(in super::super) async fn own_page(State(app): State<App>, viewer: Viewer) -> Result<Response> {
    show(&app, viewer.shell(&app), By::Owner(&viewer), None).await
}

pub(in super::super) async fn erase_own(
    State(app): State<App>,
    viewer: Viewer,
    Form(form): Form<EraseForm>,
) -> Result<Response> {
    let by = By::Owner(&viewer);
    if !is_address(&form.email, viewer.email()) {
        return show(&app, viewer.shell(&app), by, Some(form.email)).await;
    }
    match service::erase(&app, by).await? {
        Outcome::HandOverFirst => show(&app, viewer.shell(&app), by, Some(form.email)).await,
        Outcome::Erased => {
            let words = "Your account is erased. An email to the address you had says so.";
            Ok(sign_out(&app, flash::go_and_say("/sign-in", words)))
        }
    }
}

pub(in super::super) async fn admin_page(
    State(app): State<App>,
    admin: SiteAdmin,
    Path(of): Path<OfPerson>,
) -> Result<Response> {
    show(&app, admin.shell(&app), By::SiteAdmin(&admin, of.person_id), None).await
}

pub(in super::super) async fn erase_for_another(
    State(app): State<App>,
    admin: SiteAdmin,
    Path(of): Path<OfPerson>,
    Form(form): Form<EraseForm>,
) -> Result<Response> {
    let by = By::SiteAdmin(&admin, of.person_id);
    let preview = service::preview(&app, by).await?;
    if !is_address(&form.email, &preview.email) {
        return show(&app, admin.shell(&app), by, Some(form.email)).await;
    }
    match service::erase(&app, by).await? {
        Outcome::HandOverFirst => show(&app, admin.shell(&app), by, Some(form.email)).await,
        Outcome::Erased if of.person_id == admin.viewer().person_id() => {
            Ok(sign_out(&app, flash::go_and_say("/sign-in", "Your account is erased.")))
        }
        Outcome::Erased => Ok(flash::go_and_say("/admin/people", &format!("{} is erased.", preview.name))),
    }
}

fn is_address(typed: &str, email: &str) -> bool {
    text::fold_email(typed.trim()) == text::fold_email(email)
}

/// The page: as it is first opened, or with what was typed and did not do.
async fn show(app: &App, shell: Shell, by: By<'_>, typed: Option<String>) -> Result<Response> {
    let preview = service::preview(app, by).await?;
    let mut errors = Errors::default();
    if let Some(typed) = &typed
        && !is_address(typed, &preview.email)
    {
        errors.add("email", format!("Type {} here to say that you mean it", preview.email));
    }
    let counts = preview.counts.unwrap_or_default();
    let (action, back, other) = match by {
        By::Owner(_) => ("/account/erase".to_owned(), "/account", None),
        By::SiteAdmin(_, id) => (format!("/admin/people/{id}/erase"), "/admin/people", Some(preview.name)),
    };
    let status = match (&typed, preview.hindrances.is_empty()) {
        (None, _) => StatusCode::OK,
        (Some(_), false) => StatusCode::CONFLICT,
        (Some(_), true) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = ErasePage {
        shell: shell.with(&errors),
        errors,
        action,
        back,
        other,
        email: preview.email,
        typed: typed.unwrap_or_default(),
        hindrances: preview.hindrances,
        goes: counts.goes(),
        stays: counts.stays(),
    };
    page::show_with(status, &page)
}

fn sign_out(app: &App, mut response: Response) -> Response {
    let name = if app.https { SESSION_COOKIE_HTTPS } else { SESSION_COOKIE };
    if let Some(value) = cookies::set(Cookie { name, value: "", path: "/", seconds: 0, https: app.https }) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}
