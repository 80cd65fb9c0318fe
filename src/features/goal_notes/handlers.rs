//! Reads the request, calls one service function, picks the page.
use super::{
    model::{LONGEST_NOTE, NewNote, NoteKind},
    pages::{NotesPage, Typed},
    service,
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{GoalId, GoalNoteId},
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

#[derive(Deserialize)]
pub(super) struct OfGoal {
    goal_id: GoalId,
}

#[derive(Deserialize)]
pub(super) struct OfNote {
    goal_id: GoalId,
    note_id: GoalNoteId,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct NoteForm {
    id: String,
    words: String,
    /// "yes": a step that is done.
    done: String,
}

fn goal_path(by: &GroupMember, id: GoalId) -> String {
    format!("{}/goals/{id}", by.group().path())
}

async fn show(app: &App, by: &GroupMember, id: GoalId, (typed, errors): (Typed, Errors)) -> Result<Response> {
    let view = service::read(app, by, id).await?;
    let page = NotesPage::of(by, (id, &view), by.shell(app), (typed, errors));
    page::show_form(&page, &page.errors)
}

pub(super) async fn page(State(app): State<App>, by: GroupMember, Path(of): Path<OfGoal>) -> Result<Response> {
    show(&app, &by, of.goal_id, (Typed::default(), Errors::default())).await
}

pub(super) async fn write(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfGoal>,
    Form(form): Form<NoteForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let id = GoalNoteId::parse(&form.id).ok_or(AppError::Unreadable("a form without its id"))?;
    let words = errors.required_line("words", &form.words, LONGEST_NOTE, "what moved");
    let done = form.done == "yes";
    if errors.is_empty() {
        let kind = if done { NoteKind::Step } else { NoteKind::Note };
        let note = NewNote { id, goal_id: of.goal_id, kind, words };
        let said = if service::write(&app, &by, note).await? { "Noted." } else { "This goal is closed." };
        return Ok(flash::go_and_say(&goal_path(&by, of.goal_id), said));
    }
    show(&app, &by, of.goal_id, (Typed { words: form.words, done }, errors)).await
}

pub(super) async fn remove(State(app): State<App>, by: GroupMember, Path(of): Path<OfNote>) -> Result<Response> {
    service::remove(&app, &by, of.goal_id, of.note_id).await?;
    let notes = format!("{}/notes", goal_path(&by, of.goal_id));
    Ok(flash::go_and_say(&notes, "Your note is gone."))
}
