//! Reads the request, calls one service function, picks the page.
use super::{
    model::NewTheme,
    pages::{ThemeForm, ThemesPage, Typed},
    service::{self, Outcome},
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::GroupThemeId,
    words,
};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct OfTheme {
    group_theme_id: GroupThemeId,
}

fn path(by: &GroupMember) -> String {
    format!("{}/themes", by.group().path())
}

async fn show(app: &App, by: &GroupMember, mut typed: Typed) -> Result<Response> {
    let (themes, members) = service::read(app, by).await?;
    // A theme that was taken off in the meantime has no form: what was typed stands where one is added.
    if typed.change.as_ref().is_some_and(|(id, _)| !themes.iter().any(|theme| theme.id == *id))
        && let Some((_, form)) = typed.change.take()
    {
        if form.title.trim().is_empty() {
            return Err(AppError::NotFound);
        }
        typed.add = Some(ThemeForm { id: GroupThemeId::generate().to_string(), ..form });
        typed.errors = Errors::default();
        typed.errors.add("title", GONE);
        typed.stale = true;
    }
    let status = match (typed.errors.is_empty(), typed.stale) {
        (true, _) => StatusCode::OK,
        (false, true) => StatusCode::CONFLICT,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    page::show_with(status, &ThemesPage::of(by.shell(app), by, (&themes, &members), typed, app.clock.now()))
}

pub(super) async fn page(State(app): State<App>, by: GroupMember) -> Result<Response> {
    show(&app, &by, Typed::default()).await
}

/// A theme with every mistake noted; `suffix` is what the ids of the form's fields end with.
fn read(form: &ThemeForm, by: &GroupMember, suffix: &str, errors: &mut Errors) -> Option<NewTheme> {
    let field = |name: &str| format!("{name}{suffix}");
    let title = errors.required_line(&field("title"), &form.title, 120, "a title for this theme");
    let question = errors.required_line(&field("question"), &form.question, 300, "a question for this theme");
    let starts_on = errors.date(&field("starts_on"), &form.starts_on, "the first day of this theme");
    let ends_on = errors.date(&field("ends_on"), &form.ends_on, "the last day of this theme");
    let (starts_on, ends_on, program) = (starts_on?, ends_on?, by.program());
    if ends_on < starts_on {
        errors.add(&field("ends_on"), "A theme cannot end before it starts");
    } else if starts_on < program.starts_on || ends_on > program.ends_on {
        let from_to = words::from_to(program.starts_on, program.ends_on);
        errors.add(&field("starts_on"), format!("A theme lies within the program, {from_to}"));
    }
    errors.is_empty().then_some(NewTheme { title, question, starts_on, ends_on })
}

const GONE: &str = "Somebody took this theme off while you wrote. What you typed stands here: add it anew, or leave it";

/// Says at its field why nothing was written.
fn refuse(outcome: &Outcome, suffix: &str, errors: &mut Errors) {
    let (field, message) = match outcome {
        Outcome::Overlap => {
            ("starts_on", "Your group has another theme on one of these days. Choose other days, or change that one")
        }
        Outcome::SentBefore => {
            ("title", "This form was sent before and added a theme. Add it again to have this as another one")
        }
        Outcome::WrittenBefore => {
            ("title", "This was set before you came. You can take it off; the others can change its words")
        }
        Outcome::Gone => ("title", GONE),
        Outcome::Done | Outcome::Stale => (
            "title",
            "Somebody changed this theme while you wrote. It is shown as you typed it: save again to keep that",
        ),
    };
    errors.add(&format!("{field}{suffix}"), message);
}

const fn is_stale(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Stale | Outcome::Gone | Outcome::SentBefore)
}

pub(super) async fn add(State(app): State<App>, by: GroupMember, Form(mut form): Form<ThemeForm>) -> Result<Response> {
    let mut typed = Typed::default();
    let id = GroupThemeId::parse(&form.id).unwrap_or_else(GroupThemeId::generate);
    if let Some(new) = read(&form, &by, "", &mut typed.errors) {
        let outcome = service::add(&app, &by, id, &new).await?;
        if outcome == Outcome::Done {
            return Ok(flash::go_and_say(&path(&by), "Set. Agendas on these days offer it."));
        }
        if outcome == Outcome::SentBefore {
            form.id = GroupThemeId::generate().to_string();
        }
        typed.stale = is_stale(&outcome);
        refuse(&outcome, "", &mut typed.errors);
    }
    show(&app, &by, Typed { add: Some(form), ..typed }).await
}

pub(super) async fn change(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfTheme>,
    Form(form): Form<ThemeForm>,
) -> Result<Response> {
    let id = of.group_theme_id;
    let mut typed = Typed::default();
    if form.act == "remove" {
        if service::remove(&app, &by, id, &form.was).await? == Outcome::Done {
            return Ok(flash::go_and_say(&path(&by), "Taken off."));
        }
        let message = "Somebody changed this theme since you opened the page. Read it below before you take it off";
        typed.errors.add("themes", message);
        typed.stale = true;
        return show(&app, &by, typed).await;
    }
    let suffix = format!("-{id}");
    if let Some(to) = read(&form, &by, &suffix, &mut typed.errors) {
        let outcome = service::change(&app, &by, (id, &to), &form.was).await?;
        if outcome == Outcome::Done {
            return Ok(flash::go_and_say(&path(&by), "Changed."));
        }
        typed.stale = is_stale(&outcome);
        refuse(&outcome, &suffix, &mut typed.errors);
    }
    show(&app, &by, Typed { change: Some((id, form)), ..typed }).await
}
