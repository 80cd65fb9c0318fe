//! Reads the request, calls the service, chooses the page.
mod answer;

use super::{
    pages::{ItemForm, Kept},
    service::{self, AgendaOutcome, ItemChange, NewItem},
};
use crate::base::{
    error::{AppError, Result},
    ids::{AgendaItemId, FieldTripId, GoalId, ParticipationId},
};
use crate::features::agenda_templates::Template;
use crate::features::meetings::{AtMeeting, ItemKind, LONGEST_ITEM};
use crate::web::{
    flash,
    form::{Errors, Form},
    state::App,
};
use answer::answer;
use axum::{extract::State, response::Response};
use serde::Deserialize;

/// What of the page is not as the database has it: what was typed, and what is wrong with it.
#[derive(Default)]
struct Typed {
    add: Option<ItemForm>,
    change: Option<(AgendaItemId, ItemForm)>,
    /// Typed, and no form on the page can hold it any more.
    kept: Option<Kept>,
    /// The excess to be confirmed.
    over: Option<i32>,
    /// The form was about a state that is no more.
    stale: bool,
    errors: Errors,
}

pub(super) async fn show(State(app): State<App>, at: AtMeeting) -> Result<Response> {
    answer(&app, &at, Typed::default()).await
}

pub(super) async fn add(State(app): State<App>, at: AtMeeting, Form(mut form): Form<ItemForm>) -> Result<Response> {
    let mut typed = Typed::default();
    if let Some(item) = read(&form, "", &mut typed.errors) {
        let id = AgendaItemId::parse(&form.id).unwrap_or_else(AgendaItemId::generate);
        let new = NewItem { id, before: AgendaItemId::parse(&form.before), item };
        let outcome = service::add_item(&app, &at.by, at.id, &new).await?;
        match outcome {
            AgendaOutcome::Done => return Ok(flash::go_and_say(&at.path(), "Added to the agenda.")),
            AgendaOutcome::Frozen => typed.kept = Some(Kept::of(&form)),
            // What was typed can be added as an item of its own.
            AgendaOutcome::SentBefore => form.id = AgendaItemId::generate().to_string(),
            _ => {}
        }
        typed.over = refuse(&outcome, "", &mut typed.errors);
        typed.stale = is_stale(&outcome);
    }
    answer(&app, &at, Typed { add: Some(form), ..typed }).await
}

pub(super) async fn change(State(app): State<App>, at: AtMeeting, Form(form): Form<ItemForm>) -> Result<Response> {
    let id = at.item_id.ok_or(AppError::NotFound)?;
    if matches!(form.step.as_str(), "up" | "down") {
        return step(&app, &at, id, &form).await;
    }
    if form.act == "remove" {
        return remove(&app, &at, id, &form.was).await;
    }
    let mut typed = Typed::default();
    let suffix = format!("-{id}");
    let Some(item) = read(&form, &suffix, &mut typed.errors) else {
        return answer(&app, &at, Typed { change: Some((id, form)), ..typed }).await;
    };
    let outcome = service::change_item(&app, &at.by, (at.id, id), &item, &form.was).await?;
    typed.stale = is_stale(&outcome);
    match outcome {
        AgendaOutcome::Done => return Ok(flash::go_and_say(&at.path(), "The agenda is changed.")),
        AgendaOutcome::Frozen | AgendaOutcome::WrittenBefore => {
            typed.kept = Some(Kept::of(&form));
            refuse(&outcome, &suffix, &mut typed.errors);
        }
        AgendaOutcome::Gone => {
            typed.errors.add("title", GONE);
            let (id, was) = (AgendaItemId::generate().to_string(), String::new());
            typed.add = Some(ItemForm { id, was, ..form });
        }
        _ => {
            typed.over = refuse(&outcome, &suffix, &mut typed.errors);
            typed.change = Some((id, form));
        }
    }
    answer(&app, &at, typed).await
}

const GONE: &str = "Somebody took this item off while you wrote. What you typed stands here: add it anew, or leave it";

async fn step(app: &App, at: &AtMeeting, id: AgendaItemId, form: &ItemForm) -> Result<Response> {
    let up = form.step == "up";
    let past = AgendaItemId::parse(if up { &form.above } else { &form.below });
    refused_or_done(app, at, service::move_item(app, &at.by, (at.id, id), (up, past)).await?, "The agenda is changed.")
        .await
}

async fn remove(app: &App, at: &AtMeeting, id: AgendaItemId, was: &str) -> Result<Response> {
    let outcome = service::remove_item(app, &at.by, (at.id, id), was).await?;
    refused_or_done(app, at, outcome, "Taken off the agenda.").await
}

/// Where nothing was typed, the page as it stands says why nothing was done.
async fn refused_or_done(app: &App, at: &AtMeeting, outcome: AgendaOutcome, done: &str) -> Result<Response> {
    let mut errors = Errors::default();
    match outcome {
        AgendaOutcome::Done => return Ok(flash::go_and_say(&at.path(), done)),
        AgendaOutcome::Stale => errors.add(
            "agenda",
            "Somebody changed this item since you opened the page, and it is still there. Read it below before you take it off",
        ),
        AgendaOutcome::Gone => errors.add("agenda", "Somebody took this item off. This is the agenda now"),
        _ => {
            refuse(&outcome, "", &mut errors);
        }
    }
    answer(app, at, Typed { stale: is_stale(&outcome), errors, ..Typed::default() }).await
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct TemplateForm {
    template: String,
    replace: String,
    /// The agenda as it was when the form was drawn.
    was: String,
}

pub(super) async fn template(
    State(app): State<App>,
    at: AtMeeting,
    Form(form): Form<TemplateForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let mut stale = false;
    match Template::parse(&form.template) {
        None => errors.add("template", "Choose a template"),
        Some(template) => {
            let chosen = (template, form.replace == "yes");
            match service::use_template(&app, &at.by, at.id, chosen, &form.was).await? {
                AgendaOutcome::Done => {
                    let said = format!("Agenda started from “{}”.", template.label());
                    return Ok(flash::go_and_say(&at.path(), &said));
                }
                AgendaOutcome::Stale => {
                    stale = true;
                    let now = "Somebody changed the agenda since you opened the page. Read it as it stands, then choose again";
                    errors.add("template", now);
                }
                outcome => {
                    refuse(&outcome, "", &mut errors);
                }
            }
        }
    }
    answer(&app, &at, Typed { stale, errors, ..Typed::default() }).await
}

/// An item with every mistake noted; `suffix` is what the ids of the form's fields end with.
fn read(form: &ItemForm, suffix: &str, errors: &mut Errors) -> Option<ItemChange> {
    let field = |name: &str| format!("{name}{suffix}");
    let title = errors.required_line(&field("title"), &form.title, 120, "what it is");
    let minutes = errors.whole_number(&field("minutes"), &form.minutes, 1..=LONGEST_ITEM, "Minutes");
    let kind = ItemKind::parse(&form.kind);
    let (goal_id, trip_id) = (GoalId::parse(&form.goal), FieldTripId::parse(&form.trip));
    match kind {
        None => errors.add(&field("kind"), "Choose a kind"),
        Some(ItemKind::GoalWork) if goal_id.is_none() => errors.add(&field("goal"), "Choose which goal"),
        Some(ItemKind::Trip) if trip_id.is_none() => errors.add(&field("trip"), "Choose which field trip"),
        _ => {}
    }
    let lead_id = ParticipationId::parse(&form.lead);
    if lead_id.is_none() && !form.lead.trim().is_empty() {
        errors.add(&field("lead"), "Choose somebody from your group");
    }
    let over = form.over.trim().parse().ok();
    errors.is_empty().then_some(())?;
    Some(ItemChange { kind: kind?, title, minutes, goal_id, trip_id, lead_id, over })
}

/// Says at its field why nothing was written; gives the excess, if that is why.
fn refuse(outcome: &AgendaOutcome, suffix: &str, errors: &mut Errors) -> Option<i32> {
    let (field, message) = match outcome {
        AgendaOutcome::RunsOver(minutes) => {
            let message = format!("That runs {minutes} minutes over. Shorten something, or say that this is meant");
            errors.add(&format!("over{suffix}"), message);
            return Some(*minutes);
        }
        AgendaOutcome::Frozen | AgendaOutcome::Done => {
            errors.add("agenda", "The meeting has begun or is off: its agenda can no longer be changed");
            return None;
        }
        AgendaOutcome::AskFirst => {
            errors.add("replace", "Somebody changed this agenda. Say that a template may replace it");
            return None;
        }
        AgendaOutcome::WrittenBefore => {
            let message =
                "This was written before you came. You can move it or take it off; the others can change its words";
            errors.add("agenda", message);
            return None;
        }
        AgendaOutcome::Moved => {
            let message =
                "Somebody moved an item, added one or took one off since you opened the page. This is the order now";
            errors.add("agenda", message);
            return None;
        }
        AgendaOutcome::NoSuchGoal => ("goal", "Choose a goal of your group that is not closed"),
        AgendaOutcome::NoSuchTrip => ("trip", "Choose a field trip of your group"),
        AgendaOutcome::NoSuchMember => ("lead", "Choose somebody from your group"),
        AgendaOutcome::Stale | AgendaOutcome::Gone => (
            "title",
            "Somebody changed this item while you wrote. It is shown as it was typed by you: save again to keep that",
        ),
        AgendaOutcome::PlaceGone => ("before", "The item that this was to go in front of was taken off. Choose where"),
        AgendaOutcome::SentBefore => {
            ("title", "This form was sent before and added an item. Add it again to have this as an item of its own")
        }
        AgendaOutcome::NoTripYet => ("template", "Your group has no field trip yet"),
    };
    errors.add(&format!("{field}{suffix}"), message);
    None
}

/// Nothing is wrong with what was sent but that others were faster.
const fn is_stale(outcome: &AgendaOutcome) -> bool {
    matches!(
        outcome,
        AgendaOutcome::Stale
            | AgendaOutcome::Gone
            | AgendaOutcome::Moved
            | AgendaOutcome::PlaceGone
            | AgendaOutcome::SentBefore
    )
}
