//! Reads the request, calls the service, chooses the page.
use super::{
    model::Template,
    pages::{self, AgendaPage, Choice, ItemForm, Row, Sum},
    service::{self, AgendaOutcome, ItemChange, NewItem, View},
};
use crate::base::{
    error::{AppError, Result},
    ids::{AgendaItemId, FieldTripId, GoalId, ParticipationId},
    words,
};
use crate::features::groups::{OpenMember, readers};
use crate::features::meetings::{
    AtMeeting, Item, ItemKind, LONGEST_ITEM, Meeting, MeetingState, hours, item_times, roles_sentence,
};
use crate::features::timekeeping::is_near;
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{extract::State, http::StatusCode, response::Response};
use serde::Deserialize;

/// What of the page is not as the database has it: what was typed, and what is wrong with it.
#[derive(Default)]
struct Typed {
    add: Option<ItemForm>,
    change: Option<(AgendaItemId, ItemForm)>,
    /// The excess to be confirmed.
    over: Option<i32>,
    stale: bool,
    errors: Errors,
}

pub(super) async fn show(State(app): State<App>, at: AtMeeting) -> Result<Response> {
    answer(&app, &at, Typed::default()).await
}

pub(super) async fn add(State(app): State<App>, at: AtMeeting, Form(form): Form<ItemForm>) -> Result<Response> {
    let mut errors = Errors::default();
    let mut over = None;
    if let Some(item) = read(&form, "", &mut errors) {
        let id = AgendaItemId::parse(&form.id).unwrap_or_else(AgendaItemId::generate);
        let new = NewItem { id, before: AgendaItemId::parse(&form.before), item };
        let outcome = service::add_item(&app, &at.by, at.id, &new).await?;
        if outcome == AgendaOutcome::Done {
            return Ok(flash::go_and_say(&at.path(), "Added to the agenda."));
        }
        over = refuse(&outcome, "", &mut errors);
    }
    answer(&app, &at, Typed { add: Some(form), over, errors, ..Typed::default() }).await
}

pub(super) async fn change(State(app): State<App>, at: AtMeeting, Form(form): Form<ItemForm>) -> Result<Response> {
    let id = at.item_id.ok_or(AppError::NotFound)?;
    let mut errors = Errors::default();
    let suffix = format!("-{id}");
    let outcome = if matches!(form.step.as_str(), "up" | "down") {
        service::move_item(&app, &at.by, (at.id, id), form.step == "up").await?
    } else if form.act == "remove" {
        service::remove_item(&app, &at.by, (at.id, id)).await?
    } else {
        match read(&form, &suffix, &mut errors) {
            Some(item) => service::change_item(&app, &at.by, (at.id, id), &item, &form.was).await?,
            None => return answer(&app, &at, Typed { change: Some((id, form)), errors, ..Typed::default() }).await,
        }
    };
    if outcome == AgendaOutcome::Done {
        let said = if form.act == "remove" { "Taken off the agenda." } else { "The agenda is changed." };
        return Ok(flash::go_and_say(&at.path(), said));
    }
    let over = refuse(&outcome, &suffix, &mut errors);
    let stale = outcome == AgendaOutcome::Stale;
    answer(&app, &at, Typed { change: Some((id, form)), over, stale, errors, add: None }).await
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct TemplateForm {
    template: String,
    replace: String,
}

pub(super) async fn template(
    State(app): State<App>,
    at: AtMeeting,
    Form(form): Form<TemplateForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    match Template::parse(&form.template) {
        None => errors.add("template", "Choose a template"),
        Some(template) => {
            let outcome = service::use_template(&app, &at.by, at.id, (template, form.replace == "yes")).await?;
            if outcome == AgendaOutcome::Done {
                return Ok(flash::go_and_say(&at.path(), &format!("Agenda started from “{}”.", template.label())));
            }
            refuse(&outcome, "", &mut errors);
        }
    }
    answer(&app, &at, Typed { errors, ..Typed::default() }).await
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
        AgendaOutcome::WrittenBefore => (
            "title",
            "This was written before you came. You can move it or take it off; the others can change its words",
        ),
        AgendaOutcome::NoSuchGoal => ("goal", "Choose a goal of your group that is not closed"),
        AgendaOutcome::NoSuchTrip => ("trip", "Choose a field trip of your group"),
        AgendaOutcome::NoSuchMember => ("lead", "Choose somebody from your group"),
        AgendaOutcome::Stale => (
            "title",
            "Somebody changed this item while you wrote. It is shown as it was typed by you: save again to keep that",
        ),
        AgendaOutcome::NoTripYet => ("template", "Your group has no field trip yet"),
    };
    errors.add(&format!("{field}{suffix}"), message);
    None
}

async fn answer(app: &App, at: &AtMeeting, typed: Typed) -> Result<Response> {
    let view = service::view(app, &at.by, at.id).await?;
    if typed.change.as_ref().is_some_and(|(id, _)| !view.items.iter().any(|item| item.id == *id)) {
        return Err(AppError::NotFound);
    }
    let status = match (&typed.errors, typed.stale) {
        (errors, _) if errors.is_empty() => StatusCode::OK,
        (_, true) => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    page::show_with(status, &page_of(app, at, view, typed))
}

fn page_of(app: &App, at: &AtMeeting, view: View, typed: Typed) -> AgendaPage {
    let (by, now, me) = (&at.by, app.clock.now(), at.by.participation_id());
    let View { meeting, items, members, material, actions, was_before_me } = view;
    let person = |member: &OpenMember| Choice {
        value: member.participation_id.to_string(),
        label: format!("{}{}", member.first_name(), if member.participation_id == me { " (you)" } else { "" }),
    };
    let add = typed.add.unwrap_or_else(|| ItemForm { id: AgendaItemId::generate().to_string(), ..Default::default() });
    AgendaPage {
        shell: by.shell(app).with(&typed.errors),
        group_path: by.group().path(),
        group_name: by.group().name.clone(),
        path: at.path(),
        day: words::long_day(meeting.day()),
        hours: hours(&meeting, by.viewer().time_zone()),
        place: meeting.place.clone(),
        mode: meeting.mode.label(),
        roles: roles_sentence(&meeting, me),
        until: meeting.can_change(now).then(|| until(&meeting, members.len())),
        can_be_logged: !was_before_me && meeting.waits_for_log(now),
        is_near: meeting.state == MeetingState::Scheduled && is_near((meeting.starts_at, meeting.ends_at), now),
        outcome: outcome(&meeting),
        is_off: matches!(meeting.state, MeetingState::Cancelled | MeetingState::NotHeld),
        log_until: changeable(&meeting, now).filter(|_| !was_before_me),
        was_before_me,
        sum: Sum::of(&meeting, &items),
        rows: rows(&meeting, &items, me, typed.change.as_ref()),
        readers: readers(by, &members, Some(meeting.day())),
        kinds: pages::kinds(),
        goals: material.goals.iter().map(|goal| pages::goal_choice(goal, me)).collect(),
        trips: material
            .trips
            .iter()
            .map(|trip| Choice { value: trip.id.to_string(), label: pages::trip_label(trip) })
            .collect(),
        people: members.iter().map(person).collect(),
        places: pages::places(&items),
        add,
        over: typed.over,
        starts: pages::starts(&material),
        changed: pages::was_changed(&items, &material),
        errors: typed.errors,
        actions,
        meeting: at.id.to_string(),
        is_held: meeting.state == MeetingState::Held,
        running: by.program().state.is_running(),
        note: meeting.note,
    }
}

/// "All three of you can change it until 12:00 on the day".
fn until(meeting: &Meeting, members: usize) -> String {
    let who = match members {
        0 | 1 => "You".to_owned(),
        2 => "Both of you".to_owned(),
        many => format!("All {} of you", words::number(many)),
    };
    format!("{who} can change it until {} on the day", words::clock_time(meeting.starts_local().time()))
}

fn outcome(meeting: &Meeting) -> Option<String> {
    match meeting.state {
        MeetingState::Scheduled => None,
        MeetingState::Cancelled => Some("This meeting was cancelled.".to_owned()),
        MeetingState::NotHeld => {
            let why = meeting.not_held_reason.map_or("", crate::features::meetings::NotHeldReason::label);
            Some(format!("You did not meet. {why}."))
        }
        MeetingState::Held => {
            let came = usize::try_from(meeting.present).unwrap_or_default();
            let minutes = meeting.actual_minutes.unwrap_or_default();
            Some(format!("{} of you met, for {minutes} minutes.", words::capital(&words::number(came))))
        }
    }
}

/// The day until which a log can be changed, if there is one and it can.
fn changeable(meeting: &Meeting, now: time::OffsetDateTime) -> Option<String> {
    let logged = matches!(meeting.state, MeetingState::Held | MeetingState::NotHeld);
    (logged && meeting.loggable(now).is_ok()).then(|| words::day(meeting.changeable_until()))
}

fn rows(meeting: &Meeting, items: &[Item], me: ParticipationId, typed: Option<&(AgendaItemId, ItemForm)>) -> Vec<Row> {
    let typed_in =
        |item: &Item| typed.filter(|(id, form)| *id == item.id && form.step.is_empty() && form.act.is_empty());
    let last = items.len().saturating_sub(1);
    let row = |(at, (item, time)): (usize, (&Item, String))| {
        let typed = typed_in(item);
        let form = typed
            .map_or_else(|| form_of(item), |(_, form)| ItemForm { was: service::fingerprint(item), ..form.clone() });
        Row {
            id: item.id.to_string(),
            time,
            title: item.title.clone(),
            was_before_me: item.was_before_me,
            length: pages::length_of(item),
            note: pages::note_of(item, me),
            kept: item.kind == ItemKind::Informal,
            first: at == 0,
            last: at == last,
            form,
            open: typed.is_some(),
        }
    };
    items.iter().zip(item_times(meeting, items)).enumerate().map(row).collect()
}

fn form_of(item: &Item) -> ItemForm {
    ItemForm {
        kind: item.kind.as_str().to_owned(),
        title: item.title.clone(),
        minutes: item.planned_minutes.to_string(),
        goal: item.goal_id.map(|id| id.to_string()).unwrap_or_default(),
        trip: item.trip_id.map(|id| id.to_string()).unwrap_or_default(),
        lead: item.lead_id.map(|id| id.to_string()).unwrap_or_default(),
        was: service::fingerprint(item),
        ..ItemForm::default()
    }
}
