//! The page of a member's own link. GET changes nothing: mail scanners open every link before a person does.
use super::{
    link::{self, AskHolder},
    pages::{AnswerPage, MovedPage, Typed},
    service::{self, Answered, Came, Question, Teller},
};
use crate::access::held_link;
use crate::base::{
    error::Result,
    ids::{MeetingAskId, ParticipationId},
    local_time,
};
use crate::features::{
    calendar::When,
    meetings::{AtMeeting, Meeting, NotHeldReason},
};
use crate::links::LinkKind;
use crate::web::{
    flash,
    form::{Errors, Form},
    page::{self, Shell},
    state::App,
};
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use serde::Deserialize;
use time::PrimitiveDateTime;

#[derive(Deserialize)]
pub(super) struct OfAsk {
    meeting_ask_id: MeetingAskId,
}

/// From the address in the email to one that holds no secret.
pub(super) async fn enter(State(app): State<App>, Path(secret): Path<String>) -> Result<Response> {
    held_link::hold(&app, &secret, LinkKind::Met, |of| link::page(MeetingAskId(of.object_id))).await
}

pub(super) async fn show(State(app): State<App>, Path(of): Path<OfAsk>, headers: HeaderMap) -> Result<Response> {
    let by = link::holder(&app, &headers, of.meeting_ask_id).await?;
    let question = service::question(&app, &by).await?;
    let shell = Shell { flash: flash::read(&headers), ..Shell::for_anyone(&app) };
    let path = link::page(of.meeting_ask_id);
    page::show(&AnswerPage::of(shell, (&by, &question), (path, Typed::default()), app.clock.now()))
}

const OVERLAPS: &str = "Your group has another meeting at this time. Choose another";
const NOT_THAT_DAY: &str = "You were not in the group on this day. Choose another";

pub(super) async fn answer(
    State(app): State<App>,
    Path(of): Path<OfAsk>,
    headers: HeaderMap,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let by = link::holder(&app, &headers, of.meeting_ask_id).await?;
    let question = service::question(&app, &by).await?;
    let teller = Teller::holder(&by)?;
    let mut typed = read(&fields);
    let answered = match typed.answer.as_str() {
        "met" => Some(service::met(&app, &teller, came(&typed)).await?),
        "moved" => {
            if let Some(to) = when(&mut typed, &question.meeting) {
                Some(service::moved(&app, &teller, to).await?)
            } else {
                None
            }
        }
        "no" => {
            if let Some(reason) = NotHeldReason::parse(&typed.reason) {
                Some(service::not_met(&app, &teller, reason).await?)
            } else {
                typed.errors.add("reason", "Choose what came in between");
                None
            }
        }
        _ => {
            typed.errors.add("answer", "Say whether you met");
            None
        }
    };
    let path = link::page(of.meeting_ask_id);
    match answered {
        Some(Answered::Done) => return Ok(flash::go_and_say(&path, "Noted for all of you. Thank you.")),
        Some(Answered::Before) => return Ok(before(&path)),
        Some(Answered::Overlap) => typed.errors.add("time", OVERLAPS),
        Some(Answered::NotThatDay) => typed.errors.add("date", NOT_THAT_DAY),
        Some(Answered::Refused(refused)) => match refused.message() {
            Some((field, message)) => typed.errors.add(field, message),
            None => return Ok(before(&path)),
        },
        // What is over is said, whatever was typed.
        None if !by.asked().waits(app.clock.now()) => return Ok(before(&path)),
        None => {}
    }
    show_again(&app, (&by, &question), (path, typed))
}

fn before(path: &str) -> Response {
    flash::go_and_say(path, "This was answered before. Nothing was changed.")
}

fn show_again(app: &App, of: (&AskHolder, &Question), (path, typed): (String, Typed)) -> Result<Response> {
    let errors = typed.errors.clone();
    let shell = Shell::for_anyone(app).with(&errors);
    page::show_form(&AnswerPage::of(shell, of, (path, typed), app.clock.now()), &errors)
}

/// The form as it was typed; `came` stays as it is first shown where another answer was given.
fn read(fields: &[(String, String)]) -> Typed {
    let get = |name: &str| fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value).to_owned();
    let answer = get("answer");
    let mut came: Vec<_> =
        fields.iter().filter(|(field, _)| field == "p").filter_map(|(_, id)| ParticipationId::parse(id)).collect();
    came.sort_unstable();
    came.dedup();
    Typed {
        came: (answer == "met").then_some(came),
        note_taker: get("note_taker"),
        again: get("again") == "yes",
        date: get("date"),
        time: get("time"),
        reason: get("reason"),
        answer,
        errors: Errors::default(),
    }
}

fn came(typed: &Typed) -> Came {
    Came {
        present: typed.came.clone().unwrap_or_default(),
        note_taker: ParticipationId::parse(&typed.note_taker),
        is_another: typed.again,
    }
}

/// When it was or will be instead, as long as it was set for.
fn when(typed: &mut Typed, meeting: &Meeting) -> Option<When> {
    let date = typed.errors.date("date", &typed.date, "the date it moved to");
    let time = typed.errors.time("time", &typed.time, "the time it started, or will start");
    let local = PrimitiveDateTime::new(date?, time?);
    match local_time::to_instant(&meeting.time_zone, local) {
        Ok(starts_at) if starts_at == meeting.starts_at => {
            typed.errors.add("time", "This is when it was set for. Choose when it was instead");
            None
        }
        Ok(starts_at) => Some(When { local, starts_at, minutes: meeting.minutes() }),
        Err(problem) => {
            typed.errors.add("time", problem.message());
            None
        }
    }
}

/// The same answer on the group's pages: it moved. What has not begun is moved among its details.
pub(super) async fn moved_page(State(app): State<App>, at: AtMeeting) -> Result<Response> {
    let meeting = service::meeting(&app, &at).await?;
    if let Some(elsewhere) = elsewhere(&app, &at, &meeting) {
        return Ok(elsewhere);
    }
    page::show(&MovedPage::of(at.by.shell(&app), &at, &meeting, Typed::default()))
}

pub(super) async fn save_moved(
    State(app): State<App>,
    at: AtMeeting,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response> {
    let meeting = service::meeting(&app, &at).await?;
    if let Some(elsewhere) = elsewhere(&app, &at, &meeting) {
        return Ok(elsewhere);
    }
    let mut typed = read(&fields);
    if let Some(to) = when(&mut typed, &meeting) {
        match service::moved(&app, &Teller::member(&at), to).await? {
            Answered::Done => return Ok(flash::go_and_say(&at.path(), "Noted. The agenda moved along.")),
            Answered::Overlap => typed.errors.add("time", OVERLAPS),
            Answered::NotThatDay => typed.errors.add("date", NOT_THAT_DAY),
            Answered::Before | Answered::Refused(_) => return Ok(before(&at.path())),
        }
    }
    let errors = typed.errors.clone();
    page::show_form(&MovedPage::of(at.by.shell(&app).with(&errors), &at, &meeting, typed), &errors)
}

/// Where to go instead: to its details before it begins, to its page once it is settled.
fn elsewhere(app: &App, at: &AtMeeting, meeting: &Meeting) -> Option<Response> {
    let now = app.clock.now();
    if meeting.can_change(now) {
        return Some(page::go(&format!("{}/details", at.path())));
    }
    (!meeting.waits_for_log(now)).then(|| before(&at.path()))
}
