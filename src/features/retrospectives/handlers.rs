//! Reads the request, calls one service function, picks the page.
use super::{
    model::LONGEST_LINE,
    pages::{LineForm, OwnPage, RetrospectivePage},
    service::{self, NewLine, Revealed, Written},
};
use crate::access::{GroupMember, OwnPart};
use crate::base::{
    error::{AppError, Result},
    ids::{GroupId, RetrospectiveLineId},
};
use crate::features::earlier_lessons::Hindsight;
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct OfLine {
    line_id: RetrospectiveLineId,
}

fn go(by: &GroupMember, said: &str) -> Response {
    flash::go_and_say(&format!("{}/retrospective", by.group().path()), said)
}

async fn again(app: &App, by: &GroupMember, form: LineForm, errors: Errors) -> Result<Response> {
    let whole = service::read(app, by).await?;
    page::show_form(&RetrospectivePage::of(app, by, &whole, (form, errors.clone())), &errors)
}

pub(super) async fn show(State(app): State<App>, by: GroupMember) -> Result<Response> {
    again(&app, &by, LineForm::default(), Errors::default()).await
}

pub(super) async fn write(State(app): State<App>, by: GroupMember, Form(form): Form<LineForm>) -> Result<Response> {
    let mut errors = Errors::default();
    let id = RetrospectiveLineId::parse(&form.id).ok_or(AppError::Unreadable("a form without its id"))?;
    let kind = Hindsight::parse(&form.kind);
    if kind.is_none() {
        errors.add("kind", "Choose what your line is about");
    }
    let words = errors.required_line("words", &form.words, LONGEST_LINE, "your line");
    let Some(kind) = kind.filter(|_| errors.is_empty()) else {
        return again(&app, &by, form, errors).await;
    };
    match service::write(&app, &by, &NewLine { id, kind, words }).await? {
        Written::Alone => Ok(go(&by, "Written. Only you read it so far.")),
        Written::Together => Ok(go(&by, "Written. Those of your group who are done read it.")),
        Written::Another => {
            errors
                .add("words", "You wrote the first one down already. Write this down as another line, if you mean to");
            again(&app, &by, form, errors).await
        }
        Written::Full => {
            errors.add("words", "You have written thirty lines. Delete one first");
            again(&app, &by, form, errors).await
        }
    }
}

pub(super) async fn done(State(app): State<App>, by: GroupMember) -> Result<Response> {
    let revealed = service::say_done(&app, &by).await?;
    let said = if revealed {
        "Thank you. Now you read each other’s lines."
    } else {
        "Thank you. Your group reads your lines once they are shown to all."
    };
    Ok(go(&by, said))
}

pub(super) async fn reveal(State(app): State<App>, by: GroupMember) -> Result<Response> {
    let said = match service::reveal(&app, &by).await? {
        Revealed::Done | Revealed::Before => "Here is what you wrote.",
        Revealed::NotYet => "Nothing changed: somebody still writes.",
    };
    Ok(go(&by, said))
}

/// Where a page begins.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct From {
    below: String,
}

pub(super) async fn own(State(app): State<App>, by: OwnPart, Query(from): Query<From>) -> Result<Response> {
    let read = service::own(&app, &by, RetrospectiveLineId::parse(&from.below)).await?;
    page::show(&OwnPage::of(&app, &by, &read))
}

/// The page of a group from which a button was pressed, if it was one.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Pressed {
    group: String,
}

fn back(by: &OwnPart, pressed: &Pressed, said: &str) -> Response {
    let program = by.program().path();
    let to = GroupId::parse(&pressed.group)
        .map_or_else(|| format!("{program}/retrospective"), |group| format!("{program}/groups/{group}/retrospective"));
    flash::go_and_say(&to, said)
}

pub(super) async fn share(
    State(app): State<App>,
    by: OwnPart,
    Path(of): Path<OfLine>,
    Form(pressed): Form<Pressed>,
) -> Result<Response> {
    let done = service::share(&app, &by, of.line_id).await?;
    let said = if done {
        "Shared. Everybody in the program and those who coordinate it read this line, with your group’s name."
    } else {
        "Nothing changed: it is shared already, or your group does not read it yet."
    };
    Ok(back(&by, &pressed, said))
}

pub(super) async fn take_back(
    State(app): State<App>,
    by: OwnPart,
    Path(of): Path<OfLine>,
    Form(pressed): Form<Pressed>,
) -> Result<Response> {
    let done = service::take_back(&app, &by, of.line_id).await?;
    let said =
        if done { "Taken back. The program does not read it." } else { "There is nothing of yours to take back." };
    Ok(back(&by, &pressed, said))
}

pub(super) async fn remove(
    State(app): State<App>,
    by: OwnPart,
    Path(of): Path<OfLine>,
    Form(pressed): Form<Pressed>,
) -> Result<Response> {
    let done = service::remove(&app, &by, of.line_id).await?;
    Ok(back(&by, &pressed, if done { "Your line is gone." } else { "It was gone before." }))
}
