//! Reads the request, calls one service function, picks the page.
use super::{
    model::New,
    pages::{NextForm, NextPage},
    service::{self, Outcome},
};
use crate::access::{ProgramCoordinator, ProgramCreator};
use crate::base::{
    error::{AppError, Result},
    ids::ProgramId,
    local_time,
};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{extract::State, response::Response};

async fn again(app: &App, by: &ProgramCoordinator, typed: Option<NextForm>, errors: Errors) -> Result<Response> {
    let whole = service::read(app, by).await?;
    page::show_form(&NextPage::of(app, by, &whole, (typed, errors.clone())), &errors)
}

pub(super) async fn show(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    again(&app, &by, None, Errors::default()).await
}

pub(super) async fn start(
    State(app): State<App>,
    by: ProgramCoordinator,
    creator: ProgramCreator,
    Form(form): Form<NextForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let id = ProgramId::parse(&form.id).ok_or(AppError::Unreadable("a form without its id"))?;
    let name = errors.required_line("name", &form.name, 120, "a name for the program");
    let starts_on = errors.date("starts_on", &form.starts_on, "the first day");
    let ends_on = errors.date("ends_on", &form.ends_on, "the last day");
    let today = local_time::day_in(&by.program().time_zone, app.clock.now());
    if let (Some(first), Some(last)) = (starts_on, ends_on) {
        if last <= first {
            errors.add("ends_on", "The last day must come after the first");
        } else if last <= today {
            errors.add("ends_on", "Choose a day that is still to come");
        }
    }
    let (Some(starts_on), Some(ends_on), true) = (starts_on, ends_on, errors.is_empty()) else {
        return again(&app, &by, Some(form), errors).await;
    };
    let here = format!("{}/next", by.program().path());
    match service::start(&app, &by, &creator, &New { id, name, starts_on, ends_on }).await? {
        Outcome::Done => Ok(flash::go_and_say(
            &format!("/programs/{id}"),
            "The next program is here, as a draft. Only you can see it.",
        )),
        Outcome::Before => Ok(flash::go_and_say(&here, "Nothing changed: the next program had been started before.")),
        Outcome::NotNow => Ok(flash::go_and_say(&here, "Nothing changed: this program neither closes nor has ended.")),
    }
}
