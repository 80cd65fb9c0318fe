//! How a program moves on: closing and cancelling. Opening is with the people it invites.
use super::{
    super::pages::{CancelPage, CoordinatorForm},
    settings,
};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::{
    error::{AppError, Result},
    words,
};
use crate::features::programs::{self, Closed};
use crate::web::{flash, form::Errors, page, state::App};
use axum::{extract::State, response::Response};

pub(in super::super) async fn close(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let message = match programs::close(&app, &by).await? {
        Closed::Closing => {
            let said = "Closing has begun. The groups can look back now.";
            return Ok(flash::go_and_say(&format!("{}/settings", by.program().path()), said));
        }
        Closed::TooEarly(from) => {
            let day = words::day_and_year(from);
            format!("Closing can begin on {day}, 21 days before the end. To close earlier, change the last day first")
        }
        Closed::NotActive => "Only a program whose groups meet can begin to close".to_owned(),
    };
    let mut errors = Errors::default();
    errors.add("close", message);
    settings::show(&app, &by, errors, CoordinatorForm::default()).await
}

pub(in super::super) async fn cancel_page(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let state = by.program().state;
    if matches!(state, ProgramState::Archived | ProgramState::Cancelled) {
        return Err(AppError::NotAllowed("the program has ended"));
    }
    page::show(&CancelPage {
        shell: by.shell(&app),
        path: by.program().path(),
        name: by.program().name.clone(),
        was_launched: state.was_launched(),
    })
}

pub(in super::super) async fn cancel(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let said = if programs::cancel(&app, &by).await? {
        "The program is cancelled."
    } else {
        "This program had ended before, so nothing changed."
    };
    Ok(flash::go_and_say(&format!("{}/settings", by.program().path()), said))
}
