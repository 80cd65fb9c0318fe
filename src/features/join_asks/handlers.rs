//! Reads the request, calls one service function, picks the page.
use super::{
    pages::{AskForm, AskedPage, ListPage, PublicPage},
    service::{self, Decided, NewAsk},
};
use crate::access::ProgramCoordinator;
use crate::base::{
    error::{AppError, Result},
    ids::{JoinAskId, ProgramId},
    local_time, text, words,
};
use crate::web::{
    csv_file::CsvFile,
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

const LONGEST_NAME: usize = 120;
const LONGEST_WHY: usize = 600;

fn id_in(path: &str) -> Result<ProgramId> {
    ProgramId::parse(path).ok_or(AppError::NotFound)
}

pub(super) async fn public(State(app): State<App>, Path(id): Path<String>) -> Result<Response> {
    let program = service::public(&app, id_in(&id)?).await?;
    page::show(&PublicPage::of(Shell::for_anyone(&app), program, AskForm::default(), Errors::default()))
}

pub(super) async fn ask(State(app): State<App>, Path(id): Path<String>, Form(form): Form<AskForm>) -> Result<Response> {
    let program = service::public(&app, id_in(&id)?).await?;
    let mut errors = Errors::default();
    let name = errors.required_line("name", &form.name, LONGEST_NAME, "your name");
    let email = errors.email("email", &form.email, "your email address");
    let why = errors.paragraphs("why", &form.why, LONGEST_WHY);
    if errors.is_empty() {
        let email_folded = text::fold_email(&email);
        service::ask(&app, &NewAsk { program_id: program.id, name, email, email_folded, why }).await?;
        return Ok(page::go(&format!("/p/{}/asked", program.id)));
    }
    let shown = PublicPage::of(Shell::for_anyone(&app), program, form, errors);
    page::show_form(&shown, &shown.errors)
}

pub(super) async fn asked(State(app): State<App>, Path(id): Path<String>) -> Result<Response> {
    let program = service::public(&app, id_in(&id)?).await?;
    page::show(&AskedPage { shell: Shell::for_anyone(&app), program: program.name, institution: program.institution })
}

fn list_path(by: &ProgramCoordinator) -> String {
    format!("{}/asks", by.program().path())
}

pub(super) async fn list(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let waiting = service::waiting(&app, &by).await?;
    let public = format!("{}/p/{}", app.base_url, by.program_id());
    page::show(&ListPage::of(by.shell(&app), by.program(), public, waiting))
}

/// Who waits, as a file.
pub(super) async fn export(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let mut file = CsvFile::with(&["Name", "Email", "Why", "Asked"])?;
    for ask in service::waiting(&app, &by).await?.asks {
        let asked = words::iso_day(local_time::day_in(&by.program().time_zone, ask.asked_at));
        file.row(&[ask.name, ask.email, ask.why, asked])?;
    }
    file.download(&format!("{} asks", by.program().name))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct AllowForm {
    allowed: String,
}

pub(super) async fn allow(
    State(app): State<App>,
    by: ProgramCoordinator,
    Form(form): Form<AllowForm>,
) -> Result<Response> {
    let allowed = form.allowed == "yes";
    service::allow(&app, &by, allowed).await?;
    let said = if allowed { "People may ask to join now." } else { "Nobody can ask to join any more." };
    Ok(flash::go_and_say(&list_path(&by), said))
}

#[derive(Deserialize)]
pub(super) struct OfAsk {
    ask_id: JoinAskId,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct DecisionForm {
    decision: String,
}

pub(super) async fn decide(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfAsk>,
    Form(form): Form<DecisionForm>,
) -> Result<Response> {
    let invite = match form.decision.as_str() {
        "invite" => true,
        "decline" => false,
        _ => return Err(AppError::Unreadable("not a form of ours")),
    };
    let said = match service::decide(&app, &by, of.ask_id, invite).await? {
        Decided::Invited(name) => format!("{name} is invited by email."),
        Decided::Already(name) => format!("{name} was in this program before, so no invitation was sent."),
        Decided::Declined(name) => format!("Not now: {name} is off this list and is not written to."),
        Decided::Before => "Nothing changed: this was decided before.".to_owned(),
        Decided::Ended => "Invitations go out while the program is open. Nothing was sent.".to_owned(),
    };
    Ok(flash::go_and_say(&list_path(&by), &said))
}
