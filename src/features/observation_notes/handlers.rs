//! Reads the request, calls one service function, picks the page.
use super::{
    model::{SheetKind, Typed},
    pages::{NotesPage, OwnPage, SheetPage, field},
    service::{self, Done, Whole},
};
use crate::access::{GroupMember, OwnPart};
use crate::base::{error::Result, ids::FieldTripId};
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize)]
pub(super) struct OfTrip {
    trip_id: FieldTripId,
}

fn trip_path(by: &GroupMember, id: FieldTripId) -> String {
    format!("{}/trips/{id}", by.group().path())
}

fn no_observation(by: &GroupMember, id: FieldTripId) -> Response {
    flash::go_and_say(&trip_path(by, id), "Notes belong to an observation. What this trip taught stands here.")
}

pub(super) async fn show(State(app): State<App>, by: GroupMember, Path(of): Path<OfTrip>) -> Result<Response> {
    match service::read(&app, &by, of.trip_id).await? {
        Some(whole) => page::show(&NotesPage::of(&app, &by, of.trip_id, &whole, (None, Errors::default()))),
        None => Ok(no_observation(&by, of.trip_id)),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Ruled {
    kind: String,
}

pub(super) async fn sheet(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfTrip>,
    Query(ruled): Query<Ruled>,
) -> Result<Response> {
    let kind = SheetKind::parse(&ruled.kind).unwrap_or(SheetKind::Elements);
    match service::read(&app, &by, of.trip_id).await? {
        Some(whole) => page::show(&SheetPage::of(&app, &by, of.trip_id, (&whole, kind))),
        None => Ok(no_observation(&by, of.trip_id)),
    }
}

pub(super) async fn write(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfTrip>,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response> {
    let Some(whole) = service::read(&app, &by, of.trip_id).await? else {
        return Ok(no_observation(&by, of.trip_id));
    };
    let mut errors = Errors::default();
    let typed = read(&mut errors, &whole, &form);
    if whole.may_write && !errors.is_empty() {
        let page = NotesPage::of(&app, &by, of.trip_id, &whole, (Some(&form), errors.clone()));
        return page::show_form(&page, &errors);
    }
    let hands_over = form.get("do").is_some_and(|pressed| pressed == "hand_over");
    let done = service::write(&app, &by, of.trip_id, &typed, hands_over).await?;
    if done == Done::Late {
        return late(&app, &by, of.trip_id, &form).await;
    }
    Ok(flash::go_and_say(&format!("{}/notes", trip_path(&by, of.trip_id)), said(done)))
}

/// Nothing can be written any more, or not yet: how it stands, with every word to take along.
async fn late(app: &App, by: &GroupMember, id: FieldTripId, form: &HashMap<String, String>) -> Result<Response> {
    let Some(whole) = service::read(app, by, id).await? else { return Ok(no_observation(by, id)) };
    let kept = kept(&whole, form);
    if kept.is_empty() {
        return Ok(flash::go_and_say(&format!("{}/notes", trip_path(by, id)), said(Done::Late)));
    }
    let page = NotesPage::of(app, by, id, &whole, (None, Errors::default())).with_kept(kept);
    page::show_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// What was typed and does not stand in the notes: what it was meant for, and the words. The same form sent twice has
/// lost nothing.
fn kept(whole: &Whole, form: &HashMap<String, String>) -> Vec<(String, String)> {
    let titles: HashMap<String, (&str, &str)> =
        whole.elements.iter().map(|one| (field(one.id), (one.title.as_str(), one.words.as_str()))).collect();
    let log = whole.notes.as_ref().map_or("", |notes| notes.log.as_str());
    let mut boxes: Vec<_> = form.iter().filter(|(name, _)| *name == "log" || name.starts_with("note-")).collect();
    boxes.sort();
    let named = boxes.into_iter().filter_map(|(name, typed)| {
        let (title, stands) = match titles.get(name) {
            Some(known) => *known,
            None if name == "log" => ("Minute by minute", log),
            None => ("An element that is not part of it any more", ""),
        };
        let is_there = typed.split_whitespace().eq(stands.split_whitespace());
        (!is_there && !typed.trim().is_empty()).then(|| (title.to_owned(), typed.clone()))
    });
    named.collect()
}

fn read(errors: &mut Errors, whole: &Whole, form: &HashMap<String, String>) -> Typed {
    let typed = |name: &str| form.get(name).map_or("", String::as_str);
    let log = errors.paragraphs("log", typed("log"), 12_000);
    let mut texts = Vec::new();
    for element in &whole.elements {
        let name = field(element.id);
        let words = errors.paragraphs(&name, typed(&name), 4_000);
        if !words.is_empty() {
            texts.push((element.id, words));
        }
    }
    if errors.is_empty() && log.is_empty() && texts.is_empty() {
        errors.add("log", "Write something first");
    }
    Typed { log, texts }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DeleteForm {
    /// "keep" takes one's own wish back.
    #[serde(rename = "do")]
    pressed: String,
}

/// Where the notes of a part that has ended are deleted, too.
pub(super) async fn own(State(app): State<App>, by: OwnPart) -> Result<Response> {
    let own = service::own(&app, &by).await?;
    page::show(&OwnPage::of(&app, &by, &own))
}

pub(super) async fn delete(
    State(app): State<App>,
    by: OwnPart,
    Path(of): Path<OfTrip>,
    Form(form): Form<DeleteForm>,
) -> Result<Response> {
    let (done, group) = service::delete(&app, &by, of.trip_id, form.pressed == "keep").await?;
    let program = by.program().path();
    let to = match group {
        Some(group) => format!("{program}/groups/{group}/trips/{}/notes", of.trip_id),
        None => format!("{program}/observation-notes"),
    };
    Ok(flash::go_and_say(&to, said(done)))
}

const fn said(done: Done) -> &'static str {
    match done {
        Done::Kept => "Kept. Only you can read it.",
        Done::HandedOver => "Handed over. From now on the two of you can read them.",
        Done::Deleted => "Deleted. Nothing is left of them.",
        Done::Asked => "You would like them deleted. They are once the other agrees.",
        Done::TakenBack => "They stay.",
        Done::Late => "This had changed before you pressed the button. Here is how it stands.",
    }
}
