//! The right name or address of somebody who was invited and has no account.
use super::super::{
    pages::CorrectPage,
    service::{self, Corrected},
};
use crate::access::ProgramCoordinator;
use crate::base::{error::Result, ids::ParticipationId};
use crate::mail::Mailbox;
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
pub(in super::super) struct OfPerson {
    participation_id: ParticipationId,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct CorrectForm {
    name: String,
    email: String,
}

const TOO_LATE: &str = "Only somebody who has no account and has not joined can be corrected here.";

pub(in super::super) async fn page(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfPerson>,
) -> Result<Response> {
    let Some(who) = service::invited(&app, &by, of.participation_id).await? else { return Ok(back(&by, TOO_LATE)) };
    show(&app, &by, of.participation_id, CorrectForm { name: who.name, email: who.email }, Errors::default())
}

fn show(
    app: &App,
    by: &ProgramCoordinator,
    id: ParticipationId,
    form: CorrectForm,
    errors: Errors,
) -> Result<Response> {
    let page = CorrectPage {
        shell: by.shell(app).with(&errors),
        errors,
        path: by.program().path(),
        program_name: by.program().name.clone(),
        id: id.to_string(),
        name: form.name,
        email: form.email,
    };
    page::show_form(&page, &page.errors)
}

pub(in super::super) async fn correct(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfPerson>,
    Form(form): Form<CorrectForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let name = errors.required_line("name", &form.name, 120, "their name");
    let email = errors.email("email", &form.email, "their email address");
    if errors.is_empty() {
        let right = Mailbox::new(&name, email);
        match service::correct(&app, &by, of.participation_id, &right).await? {
            Corrected::Done => return Ok(back(&by, &format!("{name} is corrected."))),
            Corrected::TooLate => return Ok(back(&by, TOO_LATE)),
            Corrected::AlreadyHere => errors.add("email", "Somebody with this address is in this program already"),
        }
    }
    show(&app, &by, of.participation_id, form, errors)
}

fn back(by: &ProgramCoordinator, said: &str) -> Response {
    flash::go_and_say(&format!("{}/people", by.program().path()), said)
}
