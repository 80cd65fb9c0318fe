//! The form that asks for feedback, and what both sides can still do about it.
use super::{
    model::End,
    pages::{self, AskForm, AskPage, Part},
    service::{self, Wish},
};
use crate::access::GroupMember;
use crate::base::{
    error::Result,
    ids::{ElementId, FeedbackAskId, ParticipationId},
};
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

fn list_path(by: &GroupMember) -> String {
    format!("{}/feedback", by.group().path())
}

pub(super) async fn page(State(app): State<App>, by: GroupMember) -> Result<Response> {
    let can = service::askable(&app, &by).await?;
    let typed = AskForm { id: FeedbackAskId::generate().to_string(), ..AskForm::default() };
    page::show(&AskPage::of((by.shell(&app), Errors::default()), &by, can, typed))
}

pub(super) async fn ask(State(app): State<App>, by: GroupMember, Form(form): Form<AskForm>) -> Result<Response> {
    let can = service::askable(&app, &by).await?;
    let mut errors = Errors::default();
    let due_on = if form.due_on.trim().is_empty() {
        None
    } else {
        errors.date("due_on", &form.due_on, "the day by which you would like it")
    };
    if due_on.is_some_and(|day| day < can.today || day > by.program().ends_on) {
        errors.add("due_on", "Choose a day from today until the program ends");
    }
    let wish = Wish {
        id: FeedbackAskId::parse(&form.id).unwrap_or_else(FeedbackAskId::generate),
        from: form.from.iter().filter_map(|id| ParticipationId::parse(id)).collect(),
        on: form.on.iter().filter_map(|id| ElementId::parse(id)).collect(),
        due_on,
        line: errors.line("line", &form.line, 300),
    };
    if wish.from.is_empty() {
        errors.add("from", "Choose at least one person to ask");
    }
    if wish.on.is_empty() {
        errors.add("on", "Choose at least one thing you would like to hear about");
    }
    if errors.is_empty() {
        if service::ask(&app, &by, &wish).await? {
            return Ok(flash::go_and_say(&list_path(&by), "Asked. You see here when it comes."));
        }
        errors.add("from", "Something changed meanwhile: look at whom and what you chose");
    }
    page::show_form(&AskPage::of((by.shell(&app), errors.clone()), &by, can, form), &errors)
}

#[derive(Deserialize)]
pub(super) struct OfAsk {
    feedback_ask_id: FeedbackAskId,
}

pub(super) async fn not_now(State(app): State<App>, by: GroupMember, Path(of): Path<OfAsk>) -> Result<Response> {
    service::end(&app, &by, of.feedback_ask_id, End::NotNow).await?;
    Ok(flash::go_and_say(&list_path(&by), "It no longer waits for you. Nobody is told; say so yourself if you like."))
}

pub(super) async fn take_back(State(app): State<App>, by: GroupMember, Path(of): Path<OfAsk>) -> Result<Response> {
    service::end(&app, &by, of.feedback_ask_id, End::TakenBack).await?;
    Ok(flash::go_and_say(&list_path(&by), "You no longer ask for it."))
}

/// What waits for a member and from them, drawn for the list of feedback.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn part_of_list(app: &App, by: &GroupMember) -> Result<Part> {
    pages::waiting(by, service::waiting(app, by).await?)
}

/// What somebody asked a member to write about, drawn over the form; empty when they did not ask.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn what_was_asked(app: &App, by: &GroupMember, asker: ParticipationId) -> Result<String> {
    pages::asked(service::waiting(app, by).await?, asker)
}
