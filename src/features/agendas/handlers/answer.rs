//! The page of a meeting's agenda, with what was typed.
use super::{
    super::{
        pages::{self, AgendaPage, Choice, ItemForm, Row, Sum, ThemeCard},
        service::{self, View},
    },
    Typed,
};
use crate::base::{
    error::{AppError, Result},
    ids::{AgendaItemId, ParticipationId},
    words,
};
use crate::features::agenda_templates::Material;
use crate::features::groups::{OpenMember, readers};
use crate::features::meetings::{AtMeeting, Item, ItemKind, Meeting, MeetingState, hours, item_times, roles_sentence};
use crate::features::timekeeping::is_near;
use crate::web::{page, state::App};
use axum::{http::StatusCode, response::Response};

pub(super) async fn answer(app: &App, at: &AtMeeting, mut typed: Typed) -> Result<Response> {
    let view = service::view(app, &at.by, at.id).await?;
    // An item that was taken off in the meantime has no form: what was typed for it stands where one is added.
    if typed.change.as_ref().is_some_and(|(id, _)| !view.items.iter().any(|item| item.id == *id))
        && let Some((_, form)) = typed.change.take()
    {
        if form.title.trim().is_empty() {
            return Err(AppError::NotFound);
        }
        typed.add = Some(ItemForm { id: AgendaItemId::generate().to_string(), ..form });
        typed.errors.add("title", super::GONE);
        typed.stale = true;
    }
    let status = match (&typed.errors, typed.stale) {
        (errors, _) if errors.is_empty() => StatusCode::OK,
        (_, true) => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    page::show_with(status, &page_of(app, at, view, typed))
}

fn page_of(app: &App, at: &AtMeeting, view: View, mut typed: Typed) -> AgendaPage {
    let (by, now, me) = (&at.by, app.clock.now(), at.by.participation_id());
    let View { meeting, items, members, material, actions, over_hours, was_before_me } = view;
    let person = |member: &OpenMember| Choice {
        value: member.participation_id.to_string(),
        label: format!("{}{}", member.first_name(), if member.participation_id == me { " (you)" } else { "" }),
    };
    let rows = rows((&meeting, &items, &material), me, actions.len(), &typed);
    let add =
        typed.add.take().unwrap_or_else(|| ItemForm { id: AgendaItemId::generate().to_string(), ..Default::default() });
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
        over_hours,
        was_before_me,
        sum: Sum::of(&meeting, &items),
        rows,
        was: service::fingerprint_of_all(&items),
        theme: theme_card(&items, &material, was_before_me),
        kept: typed.kept,
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

fn rows(
    (meeting, items, material): (&Meeting, &[Item], &Material),
    me: ParticipationId,
    open_actions: usize,
    typed: &Typed,
) -> Vec<Row> {
    let beside =
        |at: Option<usize>| at.and_then(|at| items.get(at)).map(|item| item.id.to_string()).unwrap_or_default();
    let row = |(at, (item, time)): (usize, (&Item, String))| {
        let typed_in = typed.change.as_ref().filter(|(id, _)| *id == item.id);
        let note = pages::note_of(item, (me, open_actions));
        // What somebody typed goes over what stands now only when both are shown.
        let form = typed_in.map_or_else(
            || form_of(item),
            |(_, form)| {
                if typed.stale { ItemForm { was: service::fingerprint(item), ..form.clone() } } else { form.clone() }
            },
        );
        let length = pages::length_of(item);
        Row {
            id: item.id.to_string(),
            time,
            title: item.title.clone(),
            was_before_me: item.was_before_me,
            stands: (typed_in.is_some() && typed.stale).then(|| format!("“{}”, {length}. {note}", item.title)),
            length,
            note,
            question: pages::question_of(item, material.theme.as_ref()),
            kept: item.kind == ItemKind::Informal,
            above: beside(at.checked_sub(1)),
            below: beside(Some(at + 1)),
            form,
            open: typed_in.is_some(),
        }
    };
    items.iter().zip(item_times(meeting, items)).enumerate().map(row).collect()
}

/// The theme of the day, with a form that puts it on the agenda in front of the wrap-up.
fn theme_card(items: &[Item], material: &Material, was_before_me: bool) -> Option<ThemeCard> {
    let theme = material.theme.as_ref().filter(|_| !was_before_me)?;
    let is_planned = items.iter().any(|item| item.kind == ItemKind::Theme);
    let planned: i32 = items.iter().map(|item| item.planned_minutes).sum();
    let free = material.length - planned;
    Some(ThemeCard {
        id: (!is_planned && !theme.was_before_me()).then(|| AgendaItemId::generate().to_string()),
        title: theme.title.clone(),
        question: theme.question.clone(),
        about: format!(
            "{}, {}",
            if theme.id.is_none() { "Your group’s" } else { "The program’s" },
            words::from_to(theme.starts_on, theme.ends_on)
        ),
        minutes: if free > 0 { free.min(15) } else { 15 },
        before: pages::places(items).first().map(|place| place.value.clone()).unwrap_or_default(),
    })
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
