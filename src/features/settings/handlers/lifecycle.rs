//! Cancelling a program. Opening is with the people it invites, closing begins by the clock.
use super::super::pages::CancelPage;
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::error::{AppError, Result};
use crate::features::programs;
use crate::web::{flash, page, state::App};
use axum::{extract::State, response::Response};

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
