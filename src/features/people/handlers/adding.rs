//! Adding people by pasting lines.
use super::super::{
    model::{added_words, read_lines},
    pages::AddPage,
    service::{self, Added},
};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::error::{AppError, Result};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{extract::State, response::Response};
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct AddForm {
    lines: String,
}

pub(in super::super) async fn page(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let state = by.program().state;
    if state != ProgramState::Draft && !state.takes_people() {
        return Err(AppError::NotAllowed("the program has ended"));
    }
    show(&app, &by, Errors::default(), String::new())
}

fn show(app: &App, by: &ProgramCoordinator, errors: Errors, lines: String) -> Result<Response> {
    let shown = AddPage {
        shell: by.shell(app).with(&errors),
        path: by.program().path(),
        program_name: by.program().name.clone(),
        is_draft: by.program().state == ProgramState::Draft,
        lines,
        errors,
    };
    page::show_form(&shown, &shown.errors)
}

pub(in super::super) async fn add(
    State(app): State<App>,
    by: ProgramCoordinator,
    Form(form): Form<AddForm>,
) -> Result<Response> {
    let people = match read_lines(&form.lines) {
        Ok(people) => people,
        Err(problems) => {
            let mut errors = Errors::default();
            for problem in problems {
                errors.add("lines", problem);
            }
            return show(&app, &by, errors, form.lines);
        }
    };
    match service::add(&app, &by, people).await? {
        Added::Done { added, already } => {
            Ok(flash::go_and_say(&format!("{}/people", by.program().path()), &added_words(added, already)))
        }
        Added::Ended => Err(AppError::NotAllowed("the program has ended")),
    }
}
