//! A poll on the group's pages. GET changes nothing.
pub(super) mod linked;

use super::{
    model::{Fit, NewPoll, Standing, TIMES},
    pages::{
        PollPage, Typed,
        new::{NewPage, PollForm, Row},
    },
    service::{self, Answered, Answerer, Beginning, Chosen, Started},
};
use crate::access::GroupMember;
use crate::base::{error::Result, ids::TimePollId, local_time};
use crate::features::meetings::Mode;
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
use std::collections::HashMap;
use time::{Duration, OffsetDateTime, PrimitiveDateTime};

#[derive(Deserialize)]
pub(super) struct OfPoll {
    poll_id: TimePollId,
}

fn path(by: &GroupMember, id: TimePollId) -> String {
    format!("{}/polls/{id}", by.group().path())
}

pub(super) async fn new_page(State(app): State<App>, by: GroupMember) -> Result<Response> {
    let from = service::beginning(&app, &by).await?;
    if let Some(open) = from.open {
        return Ok(flash::go_and_say(&path(&by, open), "Your group is looking for a time already."));
    }
    let form = PollForm::first(&by, &from, app.clock.now());
    page::show(&NewPage::of(by.shell(&app), &by, &from, form, Errors::default()))
}

pub(super) async fn start(State(app): State<App>, by: GroupMember, Form(form): Form<PollForm>) -> Result<Response> {
    let from = service::beginning(&app, &by).await?;
    let mut errors = Errors::default();
    let new = read(&form, (&by, &from), app.clock.now(), &mut errors);
    if let Some(new) = new.filter(|_| errors.is_empty()) {
        match service::start(&app, &by, &new).await? {
            Started::Done => {
                let said = "Your group is asked. Everyone else gets an email. Now say when you can yourself.";
                return Ok(flash::go_and_say(&path(&by, new.id), said));
            }
            Started::AnotherIsOpen => {
                errors.add("times", "Your group is looking for a time already. Answer there, or end that first");
            }
        }
    }
    page::show_form(&NewPage::of(by.shell(&app), &by, &from, form, errors.clone()), &errors)
}

/// A poll, with every mistake noted.
fn read(
    form: &PollForm,
    (by, from): (&GroupMember, &Beginning),
    now: OffsetDateTime,
    errors: &mut Errors,
) -> Option<NewPoll> {
    let mut slots: Vec<(OffsetDateTime, i32)> = Vec::new();
    let rows = form.rows();
    let meant = rows.iter().filter(|row| row.is_meant()).count();
    for row in rows.iter().filter(|row| row.is_meant()) {
        let Some((starts_at, minutes)) = read_time(row, &by.group().time_zone, errors) else { continue };
        let field = format!("date-{}", row.number);
        let ends_at = starts_at + Duration::minutes(i64::from(minutes));
        if starts_at <= now {
            errors.add(&field, "This time has passed. Choose one that is still to come");
        } else if slots.iter().any(|(other, _)| *other == starts_at) {
            errors.add(&field, "This time stands above already. Choose another, or leave it out");
        } else if from.busy.iter().any(|(from, to)| *from < ends_at && starts_at < *to) {
            errors.add(&field, "Your group already has a meeting at this time. Choose another");
        } else {
            slots.push((starts_at, minutes));
        }
    }
    if !TIMES.contains(&meant) {
        errors.add("times", "Propose at least two times, and at most six");
    }
    let mode = Mode::parse(&form.mode);
    if mode.is_none() {
        errors.add("mode", "Say how you meet");
    }
    let place = errors.line("place", &form.place, 300);
    slots.sort_unstable();
    let id = TimePollId::parse(&form.id).unwrap_or_else(TimePollId::generate);
    Some(NewPoll { id, mode: mode?, place, slots })
}

fn read_time(row: &Row, zone: &str, errors: &mut Errors) -> Option<(OffsetDateTime, i32)> {
    let field = |name: &str| format!("{name}-{}", row.number);
    let date = errors.date(&field("date"), &row.date, "a date");
    let time = errors.time(&field("time"), &row.time, "the time it starts");
    let minutes = row.minutes.trim().parse::<i32>().ok().filter(|minutes| (5..=720).contains(minutes));
    if minutes.is_none() {
        errors.add(&field("minutes"), "Enter whole minutes: at least 5, and at most 720, which is 12 hours");
    }
    match local_time::to_instant(zone, PrimitiveDateTime::new(date?, time?)) {
        Ok(starts_at) => Some((starts_at, minutes?)),
        Err(problem) => {
            errors.add(&field("time"), problem.message());
            None
        }
    }
}

fn show(app: &App, by: &GroupMember, standing: &Standing, typed: Typed) -> Result<Response> {
    let errors = typed.errors.clone();
    let page = PollPage::of(by.shell(app).with(&errors), by, standing, typed, app.clock.now());
    page::show_form(&page, &errors)
}

pub(super) async fn poll_page(State(app): State<App>, by: GroupMember, Path(of): Path<OfPoll>) -> Result<Response> {
    let standing = service::standing(&app, &by, of.poll_id).await?;
    show(&app, &by, &standing, Typed::default())
}

/// What a form says about each time that is still to come.
fn read_answers(
    form: &HashMap<String, String>,
    standing: &Standing,
    now: OffsetDateTime,
    errors: &mut Errors,
) -> Vec<(i32, Fit)> {
    let mut answers = Vec::new();
    for slot in standing.slots.iter().filter(|slot| slot.is_ahead(now)) {
        let field = format!("time-{}", slot.position);
        match form.get(&field).and_then(|word| Fit::parse(word)) {
            Some(fit) => answers.push((slot.position, fit)),
            None => errors.add(&field, "Choose yes, if need be or no"),
        }
    }
    answers
}

const ENDED: &str = "This takes no answers any more. Nothing was changed.";

pub(super) async fn answer(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfPoll>,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Response> {
    let (standing, now) = (service::standing(&app, &by, of.poll_id).await?, app.clock.now());
    let mut errors = Errors::default();
    let answers = read_answers(&form, &standing, now, &mut errors);
    if standing.takes_answers(now) && !errors.is_empty() {
        return show(&app, &by, &standing, Typed { answers: Some(form), errors, ..Typed::default() });
    }
    let said = match service::answer(&app, &Answerer::member(&by, of.poll_id), &answers).await? {
        Answered::Done => "Noted. You can change it until a time is chosen.",
        Answered::Ended => ENDED,
    };
    Ok(flash::go_and_say(&path(&by, of.poll_id), said))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ChooseForm {
    time: String,
}

pub(super) async fn choose(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfPoll>,
    Form(form): Form<ChooseForm>,
) -> Result<Response> {
    let chosen = form.time.trim().parse::<i32>().ok();
    let message = match service::choose(&app, &by, of.poll_id, chosen.unwrap_or(0)).await? {
        Chosen::Meeting(id) => {
            let said = "The meeting is set, with a first agenda. Everyone in your group gets an email.";
            return Ok(flash::go_and_say(&format!("{}/meetings/{id}", by.group().path()), said));
        }
        Chosen::Ended => return Ok(flash::go_and_say(&path(&by, of.poll_id), ENDED)),
        Chosen::NotAhead => "Choose one of the times that are still to come",
        Chosen::Overlap => "Your group already has a meeting at this time. Choose another",
    };
    let mut errors = Errors::default();
    errors.add("time", message);
    let standing = service::standing(&app, &by, of.poll_id).await?;
    show(&app, &by, &standing, Typed { chosen, errors, ..Typed::default() })
}

pub(super) async fn cancel(State(app): State<App>, by: GroupMember, Path(of): Path<OfPoll>) -> Result<Response> {
    Ok(if service::cancel(&app, &by, of.poll_id).await? {
        flash::go_and_say(&by.group().path(), "Ended without a time. You can ask again, or plan a meeting at once.")
    } else {
        flash::go_and_say(&path(&by, of.poll_id), "A time was chosen before. Nothing was changed.")
    })
}
