//! Reads the request, calls one service function, picks the page.
use super::{
    model::LONGEST_LESSON,
    pages::{LessonForm, LessonsPage, PublicPage, Typed},
    service::{self, NewLesson, Outcome},
};
use crate::access::ProgramCoordinator;
use crate::base::{
    error::{AppError, Result},
    ids::{LessonId, ProgramId, RetrospectiveLineId},
};
use crate::features::earlier_lessons::Hindsight;
use crate::web::{
    flash,
    form::{Errors, Form},
    page::{self, Shell},
    state::App,
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct OfLesson {
    lesson_id: LessonId,
}

/// Where the list of shared lines begins, and of which a lesson is made.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct From {
    below: String,
    line: String,
}

pub(super) async fn public(State(app): State<App>, Path(id): Path<String>) -> Result<Response> {
    let id = ProgramId::parse(&id).ok_or(AppError::NotFound)?;
    let (program, lessons) = service::public(&app, id).await?;
    page::show(&PublicPage::of(Shell::for_anyone(&app), program, &lessons))
}

/// What was typed stands beside what somebody else did meanwhile.
async fn stale(app: &App, by: &ProgramCoordinator, typed: Typed, errors: Errors) -> Result<Response> {
    let whole = service::read(app, by, (None, None)).await?;
    page::show_with(StatusCode::CONFLICT, &LessonsPage::of(app, by, &whole, (typed, errors)))
}

async fn again(app: &App, by: &ProgramCoordinator, typed: Typed, errors: Errors) -> Result<Response> {
    let whole = service::read(app, by, (None, typed.line())).await?;
    page::show_form(&LessonsPage::of(app, by, &whole, (typed, errors.clone())), &errors)
}

pub(super) async fn show(State(app): State<App>, by: ProgramCoordinator, Query(from): Query<From>) -> Result<Response> {
    let line = RetrospectiveLineId::parse(&from.line);
    let whole = service::read(&app, &by, (RetrospectiveLineId::parse(&from.below), line)).await?;
    let kind = whole.line.as_ref().map_or("", |line| line.kind.as_str()).to_owned();
    let typed = Typed::New(LessonForm { line: from.line, kind, ..LessonForm::default() });
    page::show(&LessonsPage::of(&app, &by, &whole, (typed, Errors::default())))
}

fn go(by: &ProgramCoordinator, said: &str) -> Response {
    flash::go_and_say(&format!("{}/lessons", by.program().path()), said)
}

const OWN_WORDS: &str = "Say it in your own words: the line is its author’s, who can take it back";
const NOT_NOW: &str = "Nothing changed: lessons are written down between the launch and the end.";
const NOT_PUBLISHED_NOW: &str = "Nothing changed: lessons are for programs that have begun.";

pub(super) async fn add(
    State(app): State<App>,
    by: ProgramCoordinator,
    Form(form): Form<LessonForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let id = LessonId::parse(&form.id).ok_or(AppError::Unreadable("a form without its id"))?;
    let kind = Hindsight::parse(&form.kind);
    if kind.is_none() {
        errors.add("kind", "Choose what the lesson is about");
    }
    let words = errors.required_line("words", &form.words, LONGEST_LESSON, "the lesson");
    let Some(kind) = kind.filter(|_| errors.is_empty()) else {
        return again(&app, &by, Typed::New(form), errors).await;
    };
    let new = NewLesson { id, kind, words, source: RetrospectiveLineId::parse(&form.line) };
    match service::add(&app, &by, &new).await? {
        Outcome::Another => {
            errors.add("words", "You wrote the first one down already. Write this down as another, if you mean to");
        }
        Outcome::NotNow => return Ok(go(&by, NOT_NOW)),
        Outcome::Full => errors.add("words", "There are forty lessons already. Delete one first"),
        Outcome::NotOwnWords => errors.add("words", OWN_WORDS),
        Outcome::LineGone => {
            errors.add("words", "Its author has taken the line back. Write the lesson down without it, or leave it");
            return again(&app, &by, Typed::New(LessonForm { line: String::new(), ..form }), errors).await;
        }
        _ => return Ok(go(&by, "Written down.")),
    }
    again(&app, &by, Typed::New(form), errors).await
}

pub(super) async fn change(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfLesson>,
    Form(mut form): Form<LessonForm>,
) -> Result<Response> {
    let (id, mut errors) = (of.lesson_id, Errors::default());
    let kind = Hindsight::parse(&form.kind);
    if kind.is_none() {
        errors.add(&format!("kind-{id}"), "Choose what the lesson is about");
    }
    let field = format!("words-{id}");
    let words = errors.required_line(&field, &form.words, LONGEST_LESSON, "the lesson");
    let Some(kind) = kind.filter(|_| errors.is_empty()) else {
        return again(&app, &by, Typed::Change(id, form), errors).await;
    };
    match service::change(&app, &by, (id, kind, &words), &form.seen).await? {
        Outcome::NotOwnWords => {
            errors.add(&field, OWN_WORDS);
            again(&app, &by, Typed::Change(id, form), errors).await
        }
        Outcome::Meanwhile(words, seen) => {
            errors.add(
                &field,
                format!("Somebody changed it while you typed: “{words}” Save again to put yours in its place"),
            );
            form.seen = seen;
            stale(&app, &by, Typed::Change(id, form), errors).await
        }
        Outcome::Removed => {
            errors.add("words", "Somebody deleted this lesson while you typed. Write it down anew, if it should stay");
            stale(&app, &by, Typed::New(form), errors).await
        }
        Outcome::NotNow => Ok(go(&by, NOT_NOW)),
        _ => Ok(go(&by, "Changed.")),
    }
}

/// Which way, or whether.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Way {
    /// "up" or "down"; "yes" or "no".
    to: String,
}

pub(super) async fn put(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfLesson>,
    Form(way): Form<Way>,
) -> Result<Response> {
    let said = match service::put(&app, &by, of.lesson_id, way.to == "up").await? {
        Outcome::Done => "Moved.",
        Outcome::NotNow => NOT_PUBLISHED_NOW,
        _ => "It stands there already.",
    };
    Ok(go(&by, said))
}

pub(super) async fn publish(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfLesson>,
    Form(way): Form<Way>,
) -> Result<Response> {
    let on = way.to == "yes";
    let said = match (service::publish(&app, &by, of.lesson_id, on).await?, on) {
        (Outcome::Done, true) => "Published. Everybody in the program reads it, and whoever has the address.",
        (Outcome::Done, false) => "Taken off. Only those who coordinate the program read it.",
        (Outcome::NotNow, _) => NOT_PUBLISHED_NOW,
        _ => "Nothing changed: it was so before.",
    };
    Ok(go(&by, said))
}

pub(super) async fn remove(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfLesson>,
) -> Result<Response> {
    let said = match service::remove(&app, &by, of.lesson_id).await? {
        Outcome::Done => "Deleted.",
        Outcome::NotNow => NOT_NOW,
        _ => "It was gone before.",
    };
    Ok(go(&by, said))
}
