//! Reads the request, calls one service function, picks the page.
use super::{
    model::{Hindsight, LONGEST_ANSWER, LONGEST_LESSON, LONGEST_ORIGIN, NewLesson},
    pages::{AnswerForm, LessonForm, LessonsPage, Typed},
    service::{self, Added, Answered},
};
use crate::access::ProgramCoordinator;
use crate::base::{
    error::{AppError, Result},
    ids::EarlierLessonId,
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
pub(super) struct OfLesson {
    earlier_lesson_id: EarlierLessonId,
}

fn path(by: &ProgramCoordinator) -> String {
    format!("{}/earlier-lessons", by.program().path())
}

async fn again(app: &App, by: &ProgramCoordinator, typed: Typed, errors: Errors) -> Result<Response> {
    let whole = service::read(app, by).await?;
    page::show_form(&LessonsPage::of(app, by, &whole, (typed, errors.clone())), &errors)
}

pub(super) async fn show(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    again(&app, &by, Typed::Nothing, Errors::default()).await
}

pub(super) async fn add(
    State(app): State<App>,
    by: ProgramCoordinator,
    Form(form): Form<LessonForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let id = EarlierLessonId::parse(&form.id).ok_or(AppError::Unreadable("a form without its id"))?;
    let kind = Hindsight::parse(&form.kind);
    if kind.is_none() {
        errors.add("kind", "Choose what the lesson is about");
    }
    let words = errors.required_line("words", &form.words, LONGEST_LESSON, "the lesson");
    let origin = errors.line("origin", &form.origin, LONGEST_ORIGIN);
    let Some(kind) = kind.filter(|_| errors.is_empty()) else {
        return again(&app, &by, Typed::Lesson(form), errors).await;
    };
    let said = match service::add(&app, &by, &NewLesson { id, kind, words, origin }).await? {
        Added::Done => "Added. It needs an answer before the groups begin.",
        Added::Late => "Nothing changed: lessons are added before the groups begin.",
        Added::Another => {
            errors.add("words", "You added the first one already. Add this as another, if you mean to");
            return again(&app, &by, Typed::Lesson(form), errors).await;
        }
        Added::Full => {
            errors.add("words", "There are sixty lessons already. Delete one first");
            return again(&app, &by, Typed::Lesson(form), errors).await;
        }
    };
    Ok(flash::go_and_say(&path(&by), said))
}

pub(super) async fn answer(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfLesson>,
    Form(mut form): Form<AnswerForm>,
) -> Result<Response> {
    let (id, mut errors) = (of.earlier_lesson_id, Errors::default());
    let taken_up = match form.taken_up.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    if taken_up.is_none() {
        errors.add(&format!("taken-{id}"), "Choose whether you take it up");
    }
    let words_field = format!("answer-{id}");
    let words =
        errors.required_paragraphs(&words_field, &form.answer, LONGEST_ANSWER, "what you do about it, or why not");
    let Some(taken_up) = taken_up.filter(|_| errors.is_empty()) else {
        return again(&app, &by, Typed::Answer(id, form), errors).await;
    };
    let said = match service::answer(&app, &by, id, (taken_up, &words), &form.seen).await? {
        Answered::Done => "Answered.",
        Answered::Ended => "Nothing changed: the program has ended.",
        Answered::Meanwhile(said, seen) => {
            form.seen = seen;
            errors.add(&words_field, said);
            return again(&app, &by, Typed::Answer(id, form), errors).await;
        }
    };
    Ok(flash::go_and_say(&path(&by), said))
}

pub(super) async fn remove(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfLesson>,
) -> Result<Response> {
    let done = service::remove(&app, &by, of.earlier_lesson_id).await?;
    let said = if done { "Deleted." } else { "Nothing changed: it is no longer there, or has to stay." };
    Ok(flash::go_and_say(&path(&by), said))
}
