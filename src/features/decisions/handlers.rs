//! Reads the request, calls one service function, picks the page.
use super::{
    model::{Component, Typed, how_many},
    pages::DecisionsPage,
    service::{self, Saved},
};
use crate::access::ProgramCoordinator;
use crate::base::error::Result;
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{extract::State, response::Response};
use std::collections::BTreeMap;

pub(super) async fn show(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let stands = service::standing(&app, &by).await?;
    page::show(&DecisionsPage::of(&app, &by, &stands, (None, Errors::default())))
}

pub(super) async fn save(
    State(app): State<App>,
    by: ProgramCoordinator,
    Form(form): Form<BTreeMap<String, String>>,
) -> Result<Response> {
    let typed = Typed(form);
    let path = format!("{}/decisions", by.program().path());
    match service::save(&app, &by, &typed).await? {
        Saved::Done(all) if all == Component::ALL.len() => {
            Ok(flash::go_and_say(&path, "Saved. All five are decided, and the program can end after its last day."))
        }
        Saved::Done(all) => Ok(flash::go_and_say(&path, &format!("Saved. {}", how_many(all)))),
        Saved::NotNow => Ok(flash::go_and_say(&path, "Nothing changed: this is decided while the program closes.")),
        Saved::Refused(errors, stands) => {
            let typed = typed.told(&errors, &stands);
            page::show_form(&DecisionsPage::of(&app, &by, &stands, (Some(typed), errors.clone())), &errors)
        }
    }
}
