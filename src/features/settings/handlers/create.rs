//! A new program, page by page. Every page sends all that was typed on the others along.
use super::super::{
    model::{Change, Go, Step, Typed},
    pages::{Around, CheckPage, StepPage},
};
use crate::access::ProgramCreator;
use crate::base::{
    error::{AppError, Result},
    ids::ProgramId,
};
use crate::features::programs::{self, Settings};
use crate::mail::Mailbox;
use crate::web::{flash, form::Form, page, state::App};
use axum::{extract::State, response::Response};

pub(in super::super) async fn first_page(State(app): State<App>, by: ProgramCreator) -> Result<Response> {
    let viewer = by.viewer();
    let typed = Typed::fresh(&Mailbox::new(viewer.name(), viewer.email()), viewer.time_zone());
    page::show(&StepPage::new(by.shell(&app), Step::What, typed, Around::New { checking: false }, false))
}

pub(in super::super) async fn turn_page(
    State(app): State<App>,
    by: ProgramCreator,
    Form(typed): Form<Typed>,
) -> Result<Response> {
    let step = typed.step();
    let checking = typed.checking == "yes";
    match typed.go() {
        Go::Back => {
            let back = step.previous().unwrap_or(Step::What);
            page::show(&StepPage::new(by.shell(&app), back, typed, Around::New { checking: false }, false))
        }
        Go::Change(step) => {
            page::show(&StepPage::new(by.shell(&app), step, typed, Around::New { checking: true }, false))
        }
        Go::More => page::show(&StepPage::new(by.shell(&app), step, typed, Around::New { checking }, true)),
        Go::On => go_on(&app, &by, step, typed),
        Go::Create => create(&app, &by, typed).await,
    }
}

fn go_on(app: &App, by: &ProgramCreator, step: Step, typed: Typed) -> Result<Response> {
    let checking = typed.checking == "yes";
    if let Err(errors) = Change::read_new(step, &typed) {
        let shown = StepPage::new(by.shell(app), step, typed, Around::New { checking }, false).with(errors);
        return page::show_form(&shown, shown.errors());
    }
    match step.next() {
        Some(next) if !checking => {
            page::show(&StepPage::new(by.shell(app), next, typed, Around::New { checking: false }, false))
        }
        _ => match Settings::read(&typed) {
            Ok(settings) => page::show(&CheckPage::new(by.shell(app), &typed, &settings)),
            Err(wrong) => wrong_page(app, by, typed, wrong),
        },
    }
}

async fn create(app: &App, by: &ProgramCreator, typed: Typed) -> Result<Response> {
    let settings = match Settings::read(&typed) {
        Ok(settings) => settings,
        Err(wrong) => return wrong_page(app, by, typed, wrong),
    };
    let id = ProgramId::parse(&typed.id).ok_or(AppError::NotFound)?;
    programs::create(app, by, id, &settings).await?;
    Ok(flash::go_and_say(&format!("/programs/{id}/settings"), "The program is saved as a draft."))
}

/// The first page that is not right; from it the way leads back to "check your answers".
fn wrong_page(
    app: &App,
    by: &ProgramCreator,
    typed: Typed,
    (step, errors): (Step, crate::web::form::Errors),
) -> Result<Response> {
    let shown = StepPage::new(by.shell(app), step, typed, Around::New { checking: true }, false).with(errors);
    page::show_form(&shown, shown.errors())
}
