//! The member's page to ask on, and the host's by a link. GET changes nothing.
use super::{
    link,
    model::{Answer, HostWord},
    pages::{AskForm, AskPage, HostForm, HostFrame, HostPage},
    service::{self, Answered, HostsPage},
};
use crate::access::{GroupMember, held_link};
use crate::base::{error::Result, ids::FieldTripId, words};
use crate::links::LinkKind;
use crate::web::{
    flash,
    form::{Errors, Form},
    page::{self, Shell},
    state::App,
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde::Deserialize;
use time::OffsetDateTime;

#[derive(Deserialize)]
pub(super) struct OfTrip {
    trip_id: FieldTripId,
}

pub(super) async fn ask_page(State(app): State<App>, by: GroupMember, Path(of): Path<OfTrip>) -> Result<Response> {
    let whole = service::to_ask(&app, &by, of.trip_id).await?;
    page::show(&AskPage::of(&app, &by, of.trip_id, &whole, (None, Errors::default())))
}

pub(super) async fn ask(
    State(app): State<App>,
    by: GroupMember,
    Path(of): Path<OfTrip>,
    Form(form): Form<AskForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let message = errors.required_paragraphs("message", &form.message, 2_000, "what you want to say to the host");
    if !errors.is_empty() {
        let whole = service::to_ask(&app, &by, of.trip_id).await?;
        return page::show_form(&AskPage::of(&app, &by, of.trip_id, &whole, (Some(form), errors.clone())), &errors);
    }
    // Without a readable number the page was none of ours, and showed nothing.
    let times = form.times.parse().unwrap_or(-1);
    let sent = service::ask(&app, &by, of.trip_id, &message, times).await?;
    let said = if sent {
        "Sent to the host. You get an email when they answer."
    } else {
        "This had changed before you pressed the button. Here is how it stands."
    };
    Ok(flash::go_and_say(&format!("{}/trips/{}", by.group().path(), of.trip_id), said))
}

/// From the address in the email to one that holds no secret.
pub(super) async fn enter(State(app): State<App>, Path(secret): Path<String>) -> Result<Response> {
    held_link::hold(&app, &secret, LinkKind::Host, |of| link::page(FieldTripId(of.object_id))).await
}

fn frame(app: &App, headers: &HeaderMap) -> HostFrame {
    let shell = Shell { flash: flash::read(headers), ..Shell::for_anyone(app) };
    HostFrame { shell, errors: Errors::default(), typed: None, overtaken: false }
}

pub(super) async fn show(State(app): State<App>, Path(of): Path<OfTrip>, headers: HeaderMap) -> Result<Response> {
    let by = link::holder(&app, &headers, of.trip_id).await?;
    let whole = service::page(&app, &by).await?;
    page::show(&HostPage::of(&whole, link::page(of.trip_id), frame(&app, &headers)))
}

pub(super) async fn answer(
    State(app): State<App>,
    Path(of): Path<OfTrip>,
    headers: HeaderMap,
    Form(form): Form<HostForm>,
) -> Result<Response> {
    let by = link::holder(&app, &headers, of.trip_id).await?;
    let whole = service::page(&app, &by).await?;
    let to = link::page(of.trip_id);
    if !whole.is_open {
        return page::show_with(StatusCode::CONFLICT, &HostPage::of(&whole, to, frame(&app, &headers)));
    }
    let mut errors = Errors::default();
    let given = read(&mut errors, &form, &whole, app.clock.now());
    let Some(given) = given.filter(|_| errors.is_empty()) else {
        let again = HostFrame { errors: errors.clone(), typed: Some(form), ..frame(&app, &headers) };
        return page::show_form(&HostPage::of(&whole, to, again), &errors);
    };
    match service::answer(&app, &by, given, &form.seen).await? {
        Answered::Now => Ok(flash::go_and_say(&to, "Thank you. Your answer is passed on. You can change it here.")),
        outcome => {
            let whole = service::page(&app, &by).await?;
            let overtaken = outcome == Answered::Overtaken;
            let again = HostFrame { typed: Some(form), overtaken, ..frame(&app, &headers) };
            page::show_with(StatusCode::CONFLICT, &HostPage::of(&whole, to, again))
        }
    }
}

/// The answer that a form holds, with only what belongs to it; `None` when none is chosen.
fn read(errors: &mut Errors, form: &HostForm, whole: &HostsPage, now: OffsetDateTime) -> Option<Answer> {
    let in_return = errors.line("in_return", &form.in_return, 300);
    let questions = errors.paragraphs("questions", &form.questions, 4_000);
    let Some(word) = HostWord::parse(&form.answer) else {
        errors.add("answer", "Say whether the day suits you");
        return None;
    };
    let mut answer = Answer {
        word,
        at: now,
        about_day: whole.visit.on_date,
        offered_on: None,
        day_line: String::new(),
        in_return,
        questions,
    };
    if word == HostWord::OtherDay {
        answer.day_line = errors.line("day_line", &form.day_line, 300);
        let offered = errors.date("offered_on", &form.offered_on, "the day that would suit you")?;
        let (today, last) = (whole.visit.today(now), whole.visit.ends_on);
        if offered == whole.visit.on_date {
            errors.add("offered_on", "This is the day you are asked about. Choose another, or say that it suits");
        } else if offered < today || offered > last {
            errors.add("offered_on", format!("Choose a day from today to {}", words::day_and_year(last)));
        }
        answer.offered_on = Some(offered);
    }
    Some(answer)
}
