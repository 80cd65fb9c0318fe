//! A contact reads what was reported, and decides.
use super::super::{
    model::Decision,
    pages::deciding::{CasePage, DonePage, ListPage},
    service::{self, ForContact},
};
use super::OfFeedback;
use crate::access::ProgramContact;
use crate::base::{error::Result, ids::FeedbackId};
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

/// The form as it was sent.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct DecisionForm {
    how: String,
    reason: String,
}

pub(in super::super) async fn list(State(app): State<App>, by: ProgramContact) -> Result<Response> {
    let (open, done) = service::of_contact(&app, &by).await?;
    page::show(&ListPage::of(by.shell(&app), &by, &open, &done))
}

pub(in super::super) async fn case(
    State(app): State<App>,
    by: ProgramContact,
    Path(of): Path<OfFeedback>,
) -> Result<Response> {
    show(&app, &by, of.feedback_id, &DecisionForm::default(), Errors::default()).await
}

async fn show(
    app: &App,
    by: &ProgramContact,
    id: FeedbackId,
    typed: &DecisionForm,
    errors: Errors,
) -> Result<Response> {
    match service::brought(app, by, id).await? {
        ForContact::ToDecide(brought) => {
            let page = CasePage::of((by.shell(app), errors.clone()), by, &brought).with(&typed.how, &typed.reason);
            page::show_form(&page, &errors)
        }
        ForContact::Decided(done) => page::show(&DonePage::of(by.shell(app), by, done)),
    }
}

pub(in super::super) async fn decide(
    State(app): State<App>,
    by: ProgramContact,
    Path(of): Path<OfFeedback>,
    Form(form): Form<DecisionForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let stands = match form.how.as_str() {
        "stands" => true,
        "closed" => false,
        _ => {
            errors.add("how", "Choose whether it may stand");
            false
        }
    };
    let reason = errors.required_paragraphs("reason", &form.reason, 500, "a reason");
    if !errors.is_empty() {
        return show(&app, &by, of.feedback_id, &form, errors).await;
    }
    let list = format!("{}/reports", by.program().path());
    let words = if service::decide(&app, &by, of.feedback_id, &Decision { stands, reason }).await? {
        "Decided. Those whom it concerns are told."
    } else {
        "It was decided or withdrawn before."
    };
    Ok(flash::go_and_say(&list, words))
}
