//! Ending a program after its last day, and cancelling it. Opening is with the people it invites, closing begins by the clock.
use super::super::pages::{CancelPage, EndPage};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::{
    error::{AppError, Result},
    words,
};
use crate::features::{
    decisions::{self, Ended},
    programs,
};
use crate::web::{flash, page, state::App};
use axum::{extract::State, http::StatusCode, response::Response};

pub(in super::super) async fn end_page(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let state = by.program().state;
    if programs::has_ended(state) {
        return Err(AppError::NotAllowed("the program has ended"));
    }
    page::show(&ending(&app, &by).await?)
}

async fn ending(app: &App, by: &ProgramCoordinator) -> Result<EndPage> {
    let missing: Vec<String> =
        decisions::missing(app, by).await?.into_iter().map(|part| part.label().to_owned()).collect();
    let is_past = by.program().state == ProgramState::Closing && by.program().is_over;
    Ok(EndPage {
        shell: by.shell(app),
        path: by.program().path(),
        name: by.program().name.clone(),
        last_day: words::day(by.program().ends_on),
        may_end: is_past && missing.is_empty(),
        is_past,
        undecided: words::list(&missing),
    })
}

pub(in super::super) async fn end(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let said = match decisions::end(&app, &by).await? {
        // The page says what is missing, and leads there.
        Ended::Undecided => return page::show_with(StatusCode::UNPROCESSABLE_ENTITY, &ending(&app, &by).await?),
        Ended::Done => "The program has ended. Everybody can still read what they could read before.".to_owned(),
        Ended::TooEarly => {
            format!("Nothing changed: its last day is {}. End it after that", words::day(by.program().ends_on))
        }
        Ended::NotClosing => "Nothing changed: only a program that is closing is ended.".to_owned(),
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
