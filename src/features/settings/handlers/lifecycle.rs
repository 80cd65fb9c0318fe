//! Ending a program after its last day, and cancelling it. Opening is with the people it invites, closing begins by the clock.
use super::super::pages::{CancelPage, EndPage};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::{
    error::{AppError, Result},
    words,
};
use crate::features::programs::{self, Archived};
use crate::web::{flash, page, state::App};
use axum::{extract::State, response::Response};

pub(in super::super) async fn end_page(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let state = by.program().state;
    if programs::has_ended(state) {
        return Err(AppError::NotAllowed("the program has ended"));
    }
    page::show(&EndPage {
        shell: by.shell(&app),
        path: by.program().path(),
        name: by.program().name.clone(),
        last_day: words::day(by.program().ends_on),
        may_end: state == ProgramState::Closing && by.program().is_over,
    })
}

pub(in super::super) async fn end(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let said = match programs::archive(&app, &by).await? {
        Archived::Done => "The program has ended. Everybody can still read what they could read before.".to_owned(),
        Archived::TooEarly => {
            format!("Nothing changed: its last day is {}. End it after that", words::day(by.program().ends_on))
        }
        Archived::NotClosing => "Nothing changed: only a program that is closing is ended.".to_owned(),
    };
    Ok(flash::go_and_say(&format!("{}/settings", by.program().path()), &said))
}

pub(in super::super) async fn cancel_page(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let state = by.program().state;
    if programs::has_ended(state) {
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
