//! Opening a program: from here on people are invited.
use super::super::{
    pages::OpenPage,
    service::{self, Opened},
};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::{error::Result, words};
use crate::web::{flash, form::Errors, page, state::App};
use axum::{extract::State, response::Response};

pub(in super::super) async fn page(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    show(&app, &by, Errors::default()).await
}

async fn show(app: &App, by: &ProgramCoordinator, errors: Errors) -> Result<Response> {
    let (approval_required, invited) = service::waiting(app, by).await?;
    let program = by.program();
    let verb = if invited == 1 { "is" } else { "are" };
    let shown = OpenPage {
        shell: by.shell(app).with(&errors),
        path: program.path(),
        program_name: program.name.clone(),
        institution: program.institution.clone(),
        dates: words::from_to(program.starts_on, program.ends_on),
        invited: format!("{} {verb}", words::capital(&words::count(invited, "person", "people"))),
        nobody: invited == 0,
        approval_required,
        is_draft: program.state == ProgramState::Draft,
        errors,
    };
    page::show_form(&shown, &shown.errors)
}

pub(in super::super) async fn open(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let people = format!("{}/people", by.program().path());
    match service::open(&app, &by).await? {
        Opened::Open { invited: 0 } => {
            Ok(flash::go_and_say(&people, "The program is open. Add people to invite them."))
        }
        Opened::Open { invited } => {
            let who = words::count(invited, "person is", "people are");
            Ok(flash::go_and_say(&people, &format!("The program is open. {} invited by email.", words::capital(&who))))
        }
        Opened::NotDraft => Ok(flash::go_and_say(&people, "Nothing changed: this program was opened before.")),
        Opened::Over => {
            let mut errors = Errors::default();
            let day = words::day_and_year(by.program().ends_on);
            errors.add("dates", format!("The last day, {day}, is past. Change the dates first"));
            show(&app, &by, errors).await
        }
    }
}
