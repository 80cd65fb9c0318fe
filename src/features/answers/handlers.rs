//! The supervisor's side. GET changes nothing: mail scanners open every link before a person does.
use super::{
    link::{self, SupervisorLink},
    model::{Answer, AnswerWord, Given},
    pages::{AnswerForm, AnswerFrame, AnswerPage, DeadLinkPage, NotMinePage},
    service::{self, Answered},
};
use crate::base::{
    error::{AppError, Result},
    local_time, words,
};
use crate::features::approvals::{PledgeKind, Promise, ReasonCode, Request, Terms};
use crate::web::{
    flash,
    form::{Errors, Form},
    page::{self, Shell},
    state::App,
};
use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::Response,
};
use time::Date;

/// The most characters of a note or a condition, and of a promise in own words.
const LONGEST: usize = 1_000;
const LONGEST_PROMISE: usize = 200;

/// From the address in the email to one that holds no secret.
pub(super) async fn enter(State(app): State<App>, Path(secret): Path<String>) -> Result<Response> {
    let entrance = match link::enter(&app, &secret).await {
        Err(AppError::DeadLink) => return dead(&app),
        entrance => entrance?,
    };
    let mut response = page::go(&entrance.to);
    let cookie = entrance.cookie.ok_or(AppError::NotFound)?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}

/// A link that leads nowhere any more says so, rather than that a page is missing.
fn dead(app: &App) -> Result<Response> {
    page::show_with(StatusCode::NOT_FOUND, &DeadLinkPage { shell: Shell::for_anyone(app) })
}

/// The holder of a link, or the page that says that it is dead.
fn alive(app: &App, link: Result<SupervisorLink>) -> Result<std::result::Result<SupervisorLink, Response>> {
    match link {
        Err(AppError::DeadLink) => dead(app).map(Err),
        link => link.map(Ok),
    }
}

fn frame(app: &App, link: &SupervisorLink) -> AnswerFrame {
    let shell = Shell { flash: link.flash(), ..Shell::for_anyone(app) };
    AnswerFrame { shell, now: app.clock.now(), typed: None, errors: Errors::default(), overtaken: false }
}

pub(super) async fn show(State(app): State<App>, link: Result<SupervisorLink>) -> Result<Response> {
    let link = match alive(&app, link)? {
        Ok(link) => link,
        Err(page) => return Ok(page),
    };
    let letter = service::letter(&app, &link).await?;
    page::show(&AnswerPage::of(letter, frame(&app, &link)))
}

pub(super) async fn answer(
    State(app): State<App>,
    link: Result<SupervisorLink>,
    Form(form): Form<AnswerForm>,
) -> Result<Response> {
    let link = match alive(&app, link)? {
        Ok(link) => link,
        Err(page) => return Ok(page),
    };
    let letter = service::letter(&app, &link).await?;
    let today = local_time::day_in(&letter.request.program.time_zone, app.clock.now());
    let mut errors = Errors::default();
    let given = read(&mut errors, &form, &letter.request, today);
    let Some(given) = given.filter(|_| errors.is_empty()) else {
        let again = AnswerFrame { typed: Some(form), errors: errors.clone(), ..frame(&app, &link) };
        return page::show_form(&AnswerPage::of(letter, again), &errors);
    };
    match service::answer(&app, &link, &given).await? {
        Answered::Now => Ok(flash::go_and_say(&link.path(), said(given.answer.word()))),
        outcome => {
            // What was decided meanwhile, with what was typed kept at hand.
            let letter = service::letter(&app, &link).await?;
            let overtaken = outcome == Answered::Overtaken;
            if !overtaken && letter.is_open {
                errors.add("answer", "This answer can no longer be given. Choose another");
            }
            let again = AnswerFrame { typed: Some(form), errors, overtaken, ..frame(&app, &link) };
            page::show_with(StatusCode::CONFLICT, &AnswerPage::of(letter, again))
        }
    }
}

const fn said(word: AnswerWord) -> &'static str {
    match word {
        AnswerWord::Yes => "Thank you. Your yes is noted, and passed on.",
        AnswerWord::Condition => "Thank you. Your condition is passed on.",
        AnswerWord::Talk => "Thank you. It is passed on that you want to talk first. Come back here to answer.",
        AnswerWord::No => "Thank you. Your answer is noted, and passed on.",
        AnswerWord::Withdraw => "Noted, and passed on.",
    }
}

pub(super) async fn not_mine(State(app): State<App>, link: SupervisorLink) -> Result<Response> {
    if service::not_mine(&app, &link).await? != Answered::Now {
        return Ok(flash::go_and_say(&link.path(), "This was answered already. Nothing was changed."));
    }
    let mut response = page::show(&NotMinePage { shell: Shell::for_anyone(&app) })?;
    if let Some(cookie) = link::leave(&app, link.request_id()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The answer that a form holds, with only what belongs to it; `None` when none is chosen.
fn read(errors: &mut Errors, form: &AnswerForm, request: &Request, today: Date) -> Option<Given> {
    let note = errors.paragraphs("note", &form.note, LONGEST);
    let Some(word) = AnswerWord::parse(&form.answer) else {
        errors.add("answer", "Choose an answer");
        return None;
    };
    let answer = match word {
        // A trip takes what it takes; nothing else is agreed or promised with it.
        AnswerWord::Yes if request.trip.is_some() => Answer::Yes { terms: request.asked, promises: Vec::new() },
        AnswerWord::Yes => {
            Answer::Yes { terms: read_terms(errors, form, request), promises: read_promises(errors, form) }
        }
        AnswerWord::Condition => {
            Answer::Condition(errors.required_paragraphs("conditions", &form.conditions, LONGEST, "your condition"))
        }
        AnswerWord::Talk => Answer::Talk,
        AnswerWord::No if request.trip.is_some() => Answer::No { reason: read_reason(errors, form), look_again: None },
        AnswerWord::No => {
            Answer::No { reason: read_reason(errors, form), look_again: read_look_again(errors, form, request, today) }
        }
        AnswerWord::Withdraw if request.trip.is_some() => Answer::Withdraw(today),
        AnswerWord::Withdraw => Answer::Withdraw(read_end(errors, form, request, today)),
    };
    Some(Given { answer, note, seen: form.seen.clone() })
}

/// What is agreed: as typed, and as asked where nothing is typed.
fn read_terms(errors: &mut Errors, form: &AnswerForm, request: &Request) -> Terms {
    let asked = request.terms();
    let typed = |raw: &str| !raw.trim().is_empty();
    let hours_month = if typed(&form.hours_month) {
        errors.whole_number("hours_month", &form.hours_month, 0..=80, "Hours a month")
    } else {
        asked.hours_month
    };
    let trip_days = if typed(&form.trip_days) {
        errors.whole_number("trip_days", &form.trip_days, 0..=60, "Days away")
    } else {
        asked.trip_days
    };
    let budget_cents =
        if typed(&form.budget) { errors.money("budget", &form.budget, "The budget") } else { asked.budget_cents };
    let work_time = match form.time.as_str() {
        "work" => true,
        "own" => false,
        "" => asked.work_time,
        _ => {
            errors.add("time", "Choose in or outside working hours");
            asked.work_time
        }
    };
    Terms { hours_month, work_time, trip_days, budget_cents }
}

fn read_promises(errors: &mut Errors, form: &AnswerForm) -> Vec<Promise> {
    let mut promises: Vec<Promise> = Vec::new();
    for word in &form.pledges {
        match PledgeKind::parse(word) {
            // Own words stand in a box of their own.
            Some(PledgeKind::OwnWords) => {}
            Some(kind) if promises.iter().any(|promise| promise.kind == kind) => {}
            Some(kind) => promises.push(Promise { kind, words: String::new() }),
            None => {
                errors.add("pledges", "Choose from the list");
                break;
            }
        }
    }
    let words = errors.line("own_pledge", &form.own_pledge, LONGEST_PROMISE);
    if !words.is_empty() {
        promises.push(Promise { kind: PledgeKind::OwnWords, words });
    }
    promises
}

fn read_reason(errors: &mut Errors, form: &AnswerForm) -> Option<ReasonCode> {
    let reason = ReasonCode::parse(&form.reason);
    if reason.is_none() && !form.reason.is_empty() {
        errors.add("reason", "Choose from the list, or nothing");
    }
    reason
}

/// The day from which they would look again: any after today and before the program's last, or none.
fn read_look_again(errors: &mut Errors, form: &AnswerForm, request: &Request, today: Date) -> Option<Date> {
    if form.reconsider_from.trim().is_empty() {
        return None;
    }
    let day = errors.date("reconsider_from", &form.reconsider_from, "the day from which you would look again")?;
    if day <= today || day >= request.program.ends_on {
        let last = words::day_and_year(request.program.ends_on);
        errors.add("reconsider_from", format!("Choose a day after today and before the program ends on {last}"));
    }
    Some(day)
}

/// The first day without the yes: from today to the program's last day.
fn read_end(errors: &mut Errors, form: &AnswerForm, request: &Request, today: Date) -> Date {
    let day = errors.date("revoked_from", &form.revoked_from, "the day from which it ends");
    if day.is_some_and(|day| day < today || day > request.valid_until) {
        errors.add("revoked_from", "Choose a day from today to the program’s last");
    }
    day.unwrap_or(today)
}
