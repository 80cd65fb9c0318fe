//! Reads the request, calls one service function, picks the page.
use super::{
    model::{Entry, EntryKind, MOST_ELEMENTS},
    pages::{EntryForm, LibraryPage},
    service::{self, Outcome},
};
use crate::access::ProgramCoordinator;
use crate::base::{
    error::{AppError, Result},
    ids::LibraryEntryId,
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
pub(super) struct OfEntry {
    entry_id: LibraryEntryId,
}

fn path(by: &ProgramCoordinator) -> String {
    format!("{}/library", by.program().path())
}

pub(super) async fn page(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    show(&app, &by, (None, Errors::default())).await
}

async fn show(app: &App, by: &ProgramCoordinator, typed: (Option<EntryForm>, Errors)) -> Result<Response> {
    let there = service::read(app, by).await?;
    let page = LibraryPage::of(by, &there, by.shell(app), typed);
    page::show_form(&page, &page.errors)
}

/// The entry as it was typed, with every mistake noted. Its fields' ids end in its own.
fn read(form: &EntryForm, (id, kind): (LibraryEntryId, EntryKind), errors: &mut Errors) -> Entry {
    let at = |name: &str| format!("{name}-{id}");
    let mut entry = Entry {
        id,
        kind,
        work: String::new(),
        title: String::new(),
        of_group: false,
        statement: String::new(),
        measure: String::new(),
        elements: String::new(),
    };
    match kind {
        EntryKind::Goal => {
            entry.title = errors.required_line(&at("title"), &form.title, 160, "a few words for it");
            entry.statement =
                errors.required_paragraphs(&at("statement"), &form.statement, 2000, "what is to be reached");
            entry.measure = errors.required_paragraphs(&at("measure"), &form.measure, 1000, "how they will know");
            match form.whose.as_str() {
                "group" | "own" => entry.of_group = form.whose == "group",
                _ => errors.add(&at("whose"), "Choose whose goal it is"),
            }
            entry.elements = elements(form, &at("elements"), entry.of_group, errors);
        }
        EntryKind::Element => {
            entry.work = errors.required_line(&at("work"), &form.work, 60, "what somebody does, such as “Teaching”");
            entry.title = errors.required_line(&at("title"), &form.title, 120, "what can be seen or heard");
        }
        EntryKind::Question => {
            entry.work = errors.required_line(&at("work"), &form.work, 60, "what somebody does, such as “Teaching”");
            entry.title = errors.required_line(&at("title"), &form.title, 200, "the question");
        }
    }
    entry
}

/// One a line. What feedback may be about is somebody's own, so a group's goal brings none.
fn elements(form: &EntryForm, field: &str, of_group: bool, errors: &mut Errors) -> String {
    let typed: Vec<&str> = form.elements.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if of_group && !typed.is_empty() {
        errors.add(field, "Leave this empty: what feedback may be about is named person by person");
    }
    if typed.len() > MOST_ELEMENTS {
        errors.add(field, "Name six at most");
    }
    let lines: Vec<String> = typed.iter().map(|raw| errors.line(field, raw, 120)).collect();
    lines.join("\n")
}

pub(super) async fn add(
    State(app): State<App>,
    by: ProgramCoordinator,
    Form(form): Form<EntryForm>,
) -> Result<Response> {
    let id = LibraryEntryId::parse(&form.id).ok_or(AppError::Unreadable("a form without its id"))?;
    let kind = EntryKind::parse(&form.kind).ok_or(AppError::Unreadable("an entry of no known kind"))?;
    let mut errors = Errors::default();
    let entry = read(&form, (id, kind), &mut errors);
    if errors.is_empty() {
        match service::add(&app, &by, &entry).await? {
            Outcome::Done => return Ok(flash::go_and_say(&path(&by), "Added. Peers find it in their forms.")),
            Outcome::Full => errors.add(&format!("title-{id}"), "The library is full: take something out of it first"),
        }
    }
    show(&app, &by, (Some(form), errors)).await
}

pub(super) async fn change(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfEntry>,
    Form(form): Form<EntryForm>,
) -> Result<Response> {
    let there = service::entry(&app, &by, of.entry_id).await?;
    let mut errors = Errors::default();
    let entry = read(&form, (there.id, there.kind), &mut errors);
    if errors.is_empty() {
        service::change(&app, &by, &entry).await?;
        return Ok(flash::go_and_say(&path(&by), "Changed. What peers began from it stays as it is."));
    }
    let form = EntryForm { id: there.id.to_string(), kind: there.kind.as_str().to_owned(), ..form };
    show(&app, &by, (Some(form), errors)).await
}

pub(super) async fn remove(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfEntry>,
) -> Result<Response> {
    service::remove(&app, &by, of.entry_id).await?;
    Ok(flash::go_and_say(&path(&by), "Removed. What peers began from it stays theirs."))
}

/// What ships, by name, and whether it is to be offered.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct SwitchForm {
    name: String,
    /// "yes" or nothing.
    on: String,
}

pub(super) async fn switch(
    State(app): State<App>,
    by: ProgramCoordinator,
    Form(form): Form<SwitchForm>,
) -> Result<Response> {
    let on = form.on == "yes";
    service::switch(&app, &by, &form.name, on).await?;
    Ok(flash::go_and_say(&path(&by), if on { "It is offered again." } else { "It is no longer offered." }))
}
