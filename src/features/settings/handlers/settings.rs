//! The settings of a program that is there.
use super::super::{
    model::{Go, Step, Typed},
    pages::{Around, CoordinatorForm, CoordinatorRow, SettingsPage, StepPage, closing_day, sections, standing},
    service::{self, Changed},
};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::error::{AppError, Result};
use crate::features::programs::{self, CoordinatorAdded};
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
pub(in super::super) struct OfStep {
    step: String,
}

impl OfStep {
    fn step(&self) -> Result<Step> {
        Step::parse(&self.step).ok_or(AppError::NotFound)
    }
}

pub(in super::super) async fn page(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    show(&app, &by, Errors::default(), CoordinatorForm::default()).await
}

/// The settings page, with what is wrong with one of its forms.
pub(super) async fn show(
    app: &App,
    by: &ProgramCoordinator,
    errors: Errors,
    typed: CoordinatorForm,
) -> Result<Response> {
    let (stored, coordinators) = programs::read(app, by).await?;
    let when = &stored.settings.when;
    let shown = SettingsPage {
        shell: by.shell(app).with(&errors),
        path: by.program().path(),
        name: stored.settings.what.name.clone(),
        standing: standing(stored.state, when.ends_on),
        is_draft: stored.state == ProgramState::Draft,
        lives: !programs::has_ended(stored.state),
        closing_from: if stored.state.is_before_closing() { closing_day(when.ends_on) } else { String::new() },
        is_closing: stored.state == ProgramState::Closing,
        has_begun: stored.state.was_launched(),
        has_next: matches!(stored.state, ProgramState::Closing | ProgramState::Archived),
        sections: sections(&stored.settings),
        coordinators: coordinators.iter().map(|one| CoordinatorRow::of(one, &when.time_zone)).collect(),
        typed,
        errors,
    };
    page::show_form(&shown, &shown.errors)
}

pub(in super::super) async fn step_page(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfStep>,
) -> Result<Response> {
    let step = of.step()?;
    if programs::has_ended(by.program().state) {
        return Err(ended());
    }
    let (stored, _) = programs::read(&app, &by).await?;
    let around = Around::Stored(by.program().clone());
    page::show(&StepPage::new(by.shell(&app), step, Typed::of(&stored.settings), around, false))
}

pub(in super::super) async fn save_step(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfStep>,
    Form(typed): Form<Typed>,
) -> Result<Response> {
    let step = of.step()?;
    let around = Around::Stored(by.program().clone());
    if typed.go() == Go::More {
        return page::show(&StepPage::new(by.shell(&app), step, typed, around, true));
    }
    match service::change(&app, &by, step, &typed).await? {
        Changed::Saved => {
            let said = format!("Saved: {}.", step.title().to_lowercase());
            Ok(flash::go_and_say(&format!("{}/settings", by.program().path()), &said))
        }
        Changed::Refused(errors) => {
            let shown = StepPage::new(by.shell(&app), step, typed, around, false).with(errors);
            page::show_form(&shown, shown.errors())
        }
        Changed::Ended => Err(ended()),
    }
}

pub(in super::super) async fn add_coordinator(
    State(app): State<App>,
    by: ProgramCoordinator,
    Form(typed): Form<CoordinatorForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let who = Mailbox {
        name: errors.required_line("name", &typed.name, 120, "the coordinator’s name"),
        email: errors.email("email", &typed.email, "the coordinator’s email"),
    };
    if !errors.is_empty() {
        return show(&app, &by, errors, typed).await;
    }
    match programs::add_coordinator(&app, &by, &who).await? {
        CoordinatorAdded::Added => {
            let said = format!("{} is told by email and can coordinate this program.", who.name);
            Ok(flash::go_and_say(&format!("{}/settings", by.program().path()), &said))
        }
        CoordinatorAdded::AlreadyOne => {
            errors.add("email", "This person coordinates the program already");
            show(&app, &by, errors, typed).await
        }
        CoordinatorAdded::Ended => Err(ended()),
    }
}

const fn ended() -> AppError {
    AppError::NotAllowed("the program has ended")
}
