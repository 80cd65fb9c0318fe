//! Getting in: the first account, signing in and out, passwords by link.
use super::super::{
    link::{PasswordLink, SetupLink},
    model,
    pages::{ForgottenPage, GoOnPage, PasswordPage, SetupPage, SignInPage},
    service::{self, FirstPerson, SIGN_IN_LIVES, SignedIn},
};
use crate::access::{SESSION_COOKIE, SESSION_COOKIE_HTTPS, Viewer, held_link::hold};
use crate::base::{error::Result, local_time};
use crate::links::LinkKind;
use crate::mail::Mailbox;
use crate::web::{
    carried::Carried,
    cookies::{self, Cookie},
    flash,
    form::{Errors, Form},
    page::{self, Shell},
    state::App,
};
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, header},
    response::Response,
};
use serde::Deserialize;

pub(in super::super) async fn open_setup(State(app): State<App>, Path(secret): Path<String>) -> Result<Response> {
    hold(&app, &secret, LinkKind::Setup, |_| "/setup".to_owned()).await
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct SetupForm {
    name: String,
    email: String,
    time_zone: String,
    password: String,
}

pub(in super::super) async fn setup_page(State(app): State<App>, _link: SetupLink) -> Result<Response> {
    show_setup(&app, SetupForm { time_zone: "UTC".to_owned(), ..SetupForm::default() }, Errors::default())
}

fn show_setup(app: &App, form: SetupForm, errors: Errors) -> Result<Response> {
    let page = SetupPage {
        shell: Shell::for_anyone(app).with(&errors),
        name: form.name,
        email: form.email,
        time_zone: form.time_zone,
        zones: local_time::zone_names(),
        errors,
    };
    page::show_form(&page, &page.errors)
}

pub(in super::super) async fn set_up(
    State(app): State<App>,
    link: SetupLink,
    headers: HeaderMap,
    Form(form): Form<SetupForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let name = errors.required_line("name", &form.name, 120, "your name");
    let email = errors.email("email", &form.email, "your email address");
    if !local_time::zone_exists(form.time_zone.trim()) {
        errors.add("time_zone", "Choose a time zone from the list, such as Europe/Berlin");
    }
    if let Some(problem) = model::password_problem(&form.password, &[&form.name, &form.email]) {
        errors.add("password", problem);
    }
    if !errors.is_empty() {
        return show_setup(&app, form, errors);
    }
    let first = FirstPerson {
        who: Mailbox::new(name, email),
        time_zone: form.time_zone.trim().to_owned(),
        password: form.password,
    };
    let signed_in = service::set_up(&app, &link, first, device(&headers)).await?;
    let to = "/admin/people";
    Ok(with_cookie(&app, flash::go_and_say(to, "Your account stands. Now say who may create programs."), &signed_in))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct Next {
    next: String,
}

pub(in super::super) async fn page(
    State(app): State<App>,
    viewer: Option<Viewer>,
    Query(query): Query<Next>,
) -> Result<Response> {
    if viewer.is_some() {
        return Ok(page::go(model::safe_next(&query.next)));
    }
    show_sign_in(&app, SignInForm { next: query.next, ..SignInForm::default() }, Errors::default())
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct SignInForm {
    email: String,
    password: String,
    next: String,
    send_to: String,
    typed: String,
}

fn show_sign_in(app: &App, form: SignInForm, errors: Errors) -> Result<Response> {
    let page = SignInPage {
        shell: Shell::for_anyone(app).with(&errors),
        email: form.email,
        next: model::safe_next(&form.next).to_owned(),
        send_to: model::safe_next(&form.send_to).to_owned(),
        typed: form.typed,
        errors,
    };
    page::show_form(&page, &page.errors)
}

pub(in super::super) async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    Form(form): Form<SignInForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    errors.email("email", &form.email, "your email address");
    if form.password.is_empty() {
        errors.add("password", "Enter your password");
    }
    if errors.is_empty() {
        let password: &str = if form.password.len() <= model::LONGEST { &form.password } else { "" };
        if let Some(signed_in) = service::sign_in(&app, &form.email, password, device(&headers)).await? {
            let on = if form.typed.is_empty() { page::go(model::safe_next(&form.next)) } else { go_on(&app, &form)? };
            return Ok(with_cookie(&app, on, &signed_in));
        }
        errors.add("password", "This email address and this password do not fit together");
    }
    show_sign_in(&app, form, errors)
}

/// What was typed while signed out, to be sent by a press of its writer's: a redirect cannot carry it.
fn go_on(app: &App, form: &SignInForm) -> Result<Response> {
    let carried = Carried::read(model::safe_next(&form.send_to), form.typed.as_bytes());
    page::show(&GoOnPage { shell: Shell::for_anyone(app), carried })
}

pub(in super::super) async fn sign_out(State(app): State<App>, viewer: Viewer) -> Result<Response> {
    service::sign_out(&app, &viewer).await?;
    Ok(cookie(&app, page::go("/sign-in"), "", 0))
}

pub(in super::super) async fn forgotten_page(State(app): State<App>) -> Result<Response> {
    show_forgotten(&app, String::new(), false, Errors::default())
}

fn show_forgotten(app: &App, email: String, sent: bool, errors: Errors) -> Result<Response> {
    let page = ForgottenPage { shell: Shell::for_anyone(app).with(&errors), email, sent, errors };
    page::show_form(&page, &page.errors)
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct ForgottenForm {
    email: String,
}

pub(in super::super) async fn forgotten(State(app): State<App>, Form(form): Form<ForgottenForm>) -> Result<Response> {
    let mut errors = Errors::default();
    let email = errors.email("email", &form.email, "your email address");
    if !errors.is_empty() {
        return show_forgotten(&app, form.email, false, errors);
    }
    service::forgotten(&app, &email).await?;
    show_forgotten(&app, email, true, errors)
}

pub(in super::super) async fn open_password(State(app): State<App>, Path(secret): Path<String>) -> Result<Response> {
    hold(&app, &secret, LinkKind::Password, |link| format!("/set-password/{}", link.object_id)).await
}

pub(in super::super) async fn password_page(State(app): State<App>, link: PasswordLink) -> Result<Response> {
    show_password(&app, &link, Errors::default()).await
}

async fn show_password(app: &App, link: &PasswordLink, errors: Errors) -> Result<Response> {
    let person = service::person_of(app, link).await?;
    let page = PasswordPage {
        shell: Shell::for_anyone(app).with(&errors),
        first: person.password_hash.is_none(),
        person_id: person.id.to_string(),
        name: person.name,
        email: person.email,
        errors,
    };
    page::show_form(&page, &page.errors)
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct PasswordForm {
    password: String,
}

pub(in super::super) async fn set_password(
    State(app): State<App>,
    link: PasswordLink,
    headers: HeaderMap,
    Form(form): Form<PasswordForm>,
) -> Result<Response> {
    let person = service::person_of(&app, &link).await?;
    if let Some(problem) = model::password_problem(&form.password, &[&person.name, &person.email]) {
        let mut errors = Errors::default();
        errors.add("password", problem);
        return show_password(&app, &link, errors).await;
    }
    let signed_in = service::set_password(&app, &link, &form.password, device(&headers)).await?;
    Ok(with_cookie(&app, flash::go_and_say("/", "Your password is set, and you are signed in."), &signed_in))
}

fn device(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn with_cookie(app: &App, response: Response, signed_in: &SignedIn) -> Response {
    cookie(app, response, signed_in.secret.reveal(), SIGN_IN_LIVES.whole_seconds())
}

fn cookie(app: &App, mut response: Response, value: &str, seconds: i64) -> Response {
    let name = if app.https { SESSION_COOKIE_HTTPS } else { SESSION_COOKIE };
    if let Some(value) = cookies::set(Cookie { name, value, path: "/", seconds, https: app.https }) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}
