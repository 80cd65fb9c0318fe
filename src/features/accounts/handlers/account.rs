//! One's own account.
use super::super::{
    model,
    pages::{AccountPage, SignInRow, WhoSeesWhatPage},
    service,
};
use crate::access::Viewer;
use crate::base::{error::Result, ids::SignInId, local_time, words};
use crate::web::{
    flash,
    form::{Errors, Form},
    page::{self, Shell},
    state::App,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct ProfileForm {
    name: String,
    time_zone: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct ChangeForm {
    present: String,
    password: String,
}

pub(in super::super) async fn page(State(app): State<App>, viewer: Viewer) -> Result<Response> {
    let form = ProfileForm { name: viewer.name().to_owned(), time_zone: viewer.time_zone().to_owned() };
    show(&app, &viewer, form, Errors::default()).await
}

async fn show(app: &App, viewer: &Viewer, form: ProfileForm, errors: Errors) -> Result<Response> {
    let rows = service::sign_ins(app, viewer).await?.into_iter().map(|row| SignInRow {
        id: row.id.to_string(),
        here: row.id == viewer.sign_in_id(),
        device: row.device,
        since: words::day_and_time(local_time::to_local(viewer.time_zone(), row.started_at)),
    });
    let page = AccountPage {
        shell: viewer.shell(app).with(&errors),
        email: viewer.email().to_owned(),
        name: form.name,
        time_zone: form.time_zone,
        zones: local_time::zone_names(),
        sign_ins: rows.collect(),
        errors,
    };
    page::show_form(&page, &page.errors)
}

pub(in super::super) async fn save(
    State(app): State<App>,
    viewer: Viewer,
    Form(form): Form<ProfileForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let name = errors.required_line("name", &form.name, 120, "your name");
    let zone = form.time_zone.trim().to_owned();
    if !local_time::zone_exists(&zone) {
        errors.add("time_zone", "Choose a time zone from the list, such as Europe/Berlin");
    }
    if !errors.is_empty() {
        return show(&app, &viewer, form, errors).await;
    }
    service::save_profile(&app, &viewer, &name, &zone).await?;
    Ok(flash::go_and_say("/account", "Saved."))
}

pub(in super::super) async fn change_password(
    State(app): State<App>,
    viewer: Viewer,
    Form(form): Form<ChangeForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    if form.present.is_empty() {
        errors.add("present", "Enter the password you have now");
    }
    if let Some(problem) = model::password_problem(&form.password, &[viewer.name(), viewer.email()]) {
        errors.add("password", problem);
    }
    if errors.is_empty() && !service::change_password(&app, &viewer, &form.present, &form.password).await? {
        errors.add("present", "This is not the password you have now");
    }
    if errors.is_empty() {
        return Ok(flash::go_and_say("/account", "Your password is changed. Other devices are signed out."));
    }
    let profile = ProfileForm { name: viewer.name().to_owned(), time_zone: viewer.time_zone().to_owned() };
    show(&app, &viewer, profile, errors).await
}

#[derive(Deserialize)]
pub(in super::super) struct OfSignIn {
    sign_in_id: SignInId,
}

pub(in super::super) async fn end_sign_in(
    State(app): State<App>,
    viewer: Viewer,
    Path(of): Path<OfSignIn>,
) -> Result<Response> {
    service::end_sign_in(&app, &viewer, of.sign_in_id).await?;
    Ok(flash::go_and_say("/account", "That device is signed out."))
}

pub(in super::super) async fn who_sees_what(State(app): State<App>, viewer: Option<Viewer>) -> Result<Response> {
    let shell = viewer.map_or_else(|| Shell::for_anyone(&app), |viewer| viewer.shell(&app));
    page::show(&WhoSeesWhatPage { shell })
}
