//! The site admin's list of people, and the right to create programs.
use super::super::{
    pages::{PeoplePage, PersonRow},
    service::{self, Given},
};
use crate::access::SiteAdmin;
use crate::base::{
    error::{AppError, Result},
    ids::PersonId,
};
use crate::mail::Mailbox;
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::Deserialize;

const PAGE: usize = 50;

/// The last person of the page before.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct After {
    name: String,
    id: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct GiveForm {
    name: String,
    email: String,
}

pub(in super::super) async fn people(
    State(app): State<App>,
    admin: SiteAdmin,
    Query(after): Query<After>,
) -> Result<Response> {
    show(&app, &admin, &after, GiveForm::default(), Errors::default()).await
}

async fn show(app: &App, admin: &SiteAdmin, after: &After, form: GiveForm, errors: Errors) -> Result<Response> {
    let from = PersonId::parse(&after.id).map(|id| (after.name.as_str(), id));
    let (people, more) = service::people(app, admin, from, PAGE).await?;
    let next = people.last().filter(|_| more).map(|last| (last.name.clone(), last.id.to_string()));
    let page = PeoplePage {
        shell: admin.shell(app).with(&errors),
        people: people
            .into_iter()
            .map(|person| PersonRow {
                id: person.id.to_string(),
                name: person.name,
                email: person.email,
                site_admin: person.site_admin,
                may_create: person.may_create_programs,
                has_account: person.has_account,
            })
            .collect(),
        first: from.is_none(),
        next,
        name: form.name,
        email: form.email,
        errors,
    };
    page::show_form(&page, &page.errors)
}

pub(in super::super) async fn give_right(
    State(app): State<App>,
    admin: SiteAdmin,
    Form(form): Form<GiveForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let name = errors.required_line("name", &form.name, 120, "their name");
    let email = errors.email("email", &form.email, "their email address");
    if !errors.is_empty() {
        return show(&app, &admin, &After::default(), form, errors).await;
    }
    let words = match service::give_right(&app, &admin, &Mailbox::new(&name, email)).await? {
        Given::Now => format!("{name} may create programs now, and is told by email."),
        Given::HadIt => format!("{name} could create programs already."),
    };
    Ok(flash::go_and_say("/admin/people", &words))
}

#[derive(Deserialize)]
pub(in super::super) struct OfPerson {
    person_id: PersonId,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct RightForm {
    may: String,
}

pub(in super::super) async fn change_right(
    State(app): State<App>,
    admin: SiteAdmin,
    Path(of): Path<OfPerson>,
    Form(form): Form<RightForm>,
) -> Result<Response> {
    let may = match form.may.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(AppError::Unreadable("the right is given or taken")),
    };
    let name = service::change_right(&app, &admin, of.person_id, may).await?;
    let words = if may { "may create programs now" } else { "may no longer create programs" };
    Ok(flash::go_and_say("/admin/people", &format!("{name} {words}.")))
}
