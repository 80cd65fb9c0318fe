//! Asking for another address, of one's own or for somebody else.
use super::super::{
    model::{AskedBy, Change},
    pages::AskPage,
    service::{self, Asked},
};
use crate::access::{SiteAdmin, Viewer};
use crate::base::{error::Result, ids::PersonId, local_time, words};
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

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct AskForm {
    email: String,
    present: String,
}

#[derive(Deserialize)]
pub(in super::super) struct OfPerson {
    person_id: PersonId,
}

pub(in super::super) async fn own_page(State(app): State<App>, viewer: Viewer) -> Result<Response> {
    show_own(&app, &viewer, String::new(), Errors::default()).await
}

async fn show_own(app: &App, viewer: &Viewer, email: String, errors: Errors) -> Result<Response> {
    let open = service::own_change(app, viewer).await?.map(|change| going_on(&change, viewer.time_zone()));
    let page = AskPage {
        shell: viewer.shell(app).with(&errors),
        errors,
        other: None,
        action: "/account/email".to_owned(),
        now: viewer.email().to_owned(),
        email,
        open,
    };
    page::show_form(&page, &page.errors)
}

fn going_on(change: &Change, zone: &str) -> String {
    let day = words::day_and_year(local_time::day_in(zone, change.due_at));
    match change.asked_by {
        AskedBy::Owner => format!("{} waits to be confirmed from there, until {day}.", change.new_email),
        AskedBy::SiteAdmin => format!("{} takes its place on {day}, as a site admin asked.", change.new_email),
    }
}

pub(in super::super) async fn ask(
    State(app): State<App>,
    viewer: Viewer,
    Form(form): Form<AskForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let email = errors.email("email", &form.email, "your new address");
    if form.present.is_empty() {
        errors.add("present", "Enter your password");
    }
    if errors.is_empty() {
        match service::ask(&app, &viewer, &email, &form.present).await? {
            Asked::Announced => {
                let words = format!("Almost done: open the email to {email} and confirm it there.");
                return Ok(flash::go_and_say("/account/email", &words));
            }
            Asked::WrongPassword => errors.add("present", "This is not your password"),
            Asked::SameAddress => errors.add("email", "This is the address you have now"),
        }
    }
    show_own(&app, &viewer, form.email, errors).await
}

pub(in super::super) async fn stop_own(State(app): State<App>, viewer: Viewer) -> Result<Response> {
    let stopped = service::stop_own(&app, &viewer).await?;
    let words = if stopped { "Your address stays as it is." } else { "No change of your address was going on." };
    Ok(flash::go_and_say("/account/email", words))
}

pub(in super::super) async fn admin_page(
    State(app): State<App>,
    admin: SiteAdmin,
    Path(of): Path<OfPerson>,
) -> Result<Response> {
    show_for_another(&app, &admin, of.person_id, String::new(), Errors::default()).await
}

async fn show_for_another(
    app: &App,
    admin: &SiteAdmin,
    id: PersonId,
    email: String,
    errors: Errors,
) -> Result<Response> {
    let (account, change) = service::account(app, admin, id).await?;
    // What its owner asked for is theirs to know.
    let open = change.filter(|change| change.asked_by == AskedBy::SiteAdmin);
    let page = AskPage {
        shell: admin.shell(app).with(&errors),
        errors,
        other: Some(account.name),
        action: format!("/admin/people/{id}/email"),
        now: account.email,
        email,
        open: open.map(|change| going_on(&change, admin.viewer().time_zone())),
    };
    page::show_form(&page, &page.errors)
}

pub(in super::super) async fn ask_for_another(
    State(app): State<App>,
    admin: SiteAdmin,
    Path(of): Path<OfPerson>,
    Form(form): Form<AskForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let email = errors.email("email", &form.email, "the new address");
    if errors.is_empty() {
        match service::ask_for_another(&app, &admin, of.person_id, &email).await? {
            Asked::SameAddress => errors.add("email", "This is the address they have now"),
            Asked::Announced | Asked::WrongPassword => {
                let words = format!("{email} takes over in 7 days, unless they stop it. They are told now.");
                return Ok(flash::go_and_say("/admin/people", &words));
            }
        }
    }
    show_for_another(&app, &admin, of.person_id, form.email, errors).await
}
