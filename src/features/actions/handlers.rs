//! Reads the request, calls one service function, picks the page.
use super::{
    model::{Ending, LONGEST, NewAction},
    pages::{Changed, ListPage, NewPage, Typed},
    service::{self, Outcome},
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{ActionId, ElementId, FieldTripId, MeetingId, ParticipationId},
    words,
};
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
use time::Date;

#[derive(Deserialize)]
pub(super) struct OfAction {
    action_id: ActionId,
}

fn path(by: &GroupMember) -> String {
    format!("{}/actions", by.group().path())
}

pub(super) async fn list(State(app): State<App>, by: GroupMember) -> Result<Response> {
    show(&app, &by, (Changed::default(), Errors::default())).await
}

async fn show(app: &App, by: &GroupMember, (changed, errors): (Changed, Errors)) -> Result<Response> {
    let view = service::read(app, by).await?;
    let page = ListPage::of(by, &view, by.shell(app), (changed, errors));
    page::show_form(&page, &page.errors)
}

/// What a new one begins from: an element about oneself, a trip that left something to try, the meeting where it was
/// agreed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct From {
    element: String,
    trip: String,
    meeting: String,
}

pub(super) async fn new_page(State(app): State<App>, by: GroupMember, Query(from): Query<From>) -> Result<Response> {
    let (begins, is_of_two) = beginning(&app, &by, &from).await?;
    let view = service::read(&app, &by).await?;
    let typed = Typed {
        id: ActionId::generate().to_string(),
        words: begins,
        owner: by.participation_id().to_string(),
        due_on: words::iso_day(view.by_day),
        meeting: MeetingId::parse(&from.meeting).map(|id| id.to_string()).unwrap_or_default(),
    };
    page::show(&NewPage::of(&by, &view, by.shell(&app), (typed, Errors::default()), is_of_two))
}

/// The words it begins with, and whether they come out of something between two people.
async fn beginning(app: &App, by: &GroupMember, from: &From) -> Result<(String, bool)> {
    if !from.element.is_empty() {
        let id = ElementId::parse(&from.element).ok_or(AppError::NotFound)?;
        return Ok((format!("Try: {}", service::own_element(app, by, id).await?), true));
    }
    if !from.trip.is_empty() {
        let id = FieldTripId::parse(&from.trip).ok_or(AppError::NotFound)?;
        return service::to_try(app, by, id).await;
    }
    Ok((String::new(), false))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct ActionForm {
    id: String,
    words: String,
    owner: String,
    due_on: String,
    meeting: String,
    reason: String,
}

/// The owner, where one was chosen: nothing stands for all of them.
fn owner(raw: &str, errors: &mut Errors) -> Option<ParticipationId> {
    if raw.is_empty() {
        return None;
    }
    let id = ParticipationId::parse(raw);
    if id.is_none() {
        errors.add("owner", STRANGER);
    }
    id
}

const STRANGER: &str = "Choose somebody of your group";

/// The day it is for; one that has passed helps nobody.
fn due(raw: &str, field: &str, today: Date, errors: &mut Errors) -> Option<Date> {
    let day = errors.date(field, raw, "the day it is for")?;
    if day < today {
        errors.add(field, "This day has passed: choose a day to come");
    }
    Some(day)
}

pub(super) async fn write(State(app): State<App>, by: GroupMember, Form(form): Form<ActionForm>) -> Result<Response> {
    let mut errors = Errors::default();
    let id = ActionId::parse(&form.id).ok_or(AppError::Unreadable("a form without its id"))?;
    let view = service::read(&app, &by).await?;
    let words = errors.required_line("words", &form.words, LONGEST, "what is to be done");
    let owner_id = owner(&form.owner, &mut errors);
    let due_on = due(&form.due_on, "due_on", view.today, &mut errors);
    let meeting_id = MeetingId::parse(&form.meeting);
    if let (Some(due_on), true) = (due_on, errors.is_empty()) {
        let new = NewAction { id, words, owner_id, due_on, meeting_id };
        match service::write(&app, &by, &new).await? {
            Outcome::Done | Outcome::Closed => return Ok(flash::go_and_say(&path(&by), "Written down.")),
            Outcome::Stranger => errors.add("owner", STRANGER),
        }
    }
    let typed = Typed { id: form.id, words: form.words, owner: form.owner, due_on: form.due_on, meeting: form.meeting };
    let page = NewPage::of(&by, &view, by.shell(&app), (typed, errors), false);
    page::show_form(&page, &page.errors)
}

const CLOSED: &str = "It was done or dropped before.";

pub(super) async fn change(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfAction>,
    Form(form): Form<ActionForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let (who, day) = (format!("owner-{}", of.action_id), format!("due_on-{}", of.action_id));
    let due_on = errors.date(&day, &form.due_on, "the day it is for");
    let owner_id = ParticipationId::parse(&form.owner);
    if owner_id.is_none() && !form.owner.is_empty() {
        errors.add(&who, STRANGER);
    }
    if let (Some(due_on), true) = (due_on, errors.is_empty()) {
        match service::change(&app, &by, of.action_id, (owner_id, due_on)).await? {
            Outcome::Done => return Ok(flash::go_and_say(&path(&by), "Changed.")),
            Outcome::Closed => return Ok(flash::go_and_say(&path(&by), CLOSED)),
            Outcome::Stranger => errors.add(&who, STRANGER),
        }
    }
    let changed = Changed { id: Some(of.action_id), owner: form.owner, due_on: form.due_on, reason: String::new() };
    show(&app, &by, (changed, errors)).await
}

/// Where one was ticked: a meeting's page, or the list.
pub(super) async fn done(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfAction>,
    Form(form): Form<ActionForm>,
) -> Result<Response> {
    let said = match service::end(&app, &by, of.action_id, &Ending::Done).await? {
        Outcome::Done => "Done. It stays to be read.",
        Outcome::Closed | Outcome::Stranger => CLOSED,
    };
    let back = match MeetingId::parse(&form.meeting) {
        Some(id) => format!("{}/meetings/{id}", by.group().path()),
        None => path(&by),
    };
    Ok(flash::go_and_say(&back, said))
}

pub(super) async fn drop_it(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfAction>,
    Form(form): Form<ActionForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let field = format!("reason-{}", of.action_id);
    let reason = errors.required_line(&field, &form.reason, LONGEST, "why, in a few words");
    if errors.is_empty() {
        let said = match service::end(&app, &by, of.action_id, &Ending::Dropped(reason)).await? {
            Outcome::Done => "Dropped. It stays to be read.",
            Outcome::Closed | Outcome::Stranger => CLOSED,
        };
        return Ok(flash::go_and_say(&path(&by), said));
    }
    let view = service::read(&app, &by).await?;
    let row = view.open.iter().find(|row| row.id == of.action_id).ok_or(AppError::NotFound)?;
    let changed = Changed {
        id: Some(of.action_id),
        owner: row.owner_id.map(|id| id.to_string()).unwrap_or_default(),
        due_on: words::iso_day(row.due_on),
        reason: form.reason,
    };
    let page = ListPage::of(&by, &view, by.shell(&app), (changed, errors));
    page::show_form(&page, &page.errors)
}
