//! One address, three readers; and what a coordinator does from her desk.
use super::{
    pages::{AboutPage, DeskPage, PartPage, Typed, View},
    parts::Part,
    service,
};
use crate::access::{Peer, ProgramCoordinator, ProgramVisitor};
use crate::base::{
    error::{AppError, Result},
    words,
};
use crate::features::putting_off::{self, LONGEST_DAYS};
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
use time::{Date, Duration};

/// Which of the groups are shown.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct From {
    page: String,
    /// Which of the things that are put off.
    away: String,
}

pub(super) async fn program(
    State(app): State<App>,
    Query(from): Query<From>,
    visitor: ProgramVisitor,
) -> Result<Response> {
    match visitor {
        ProgramVisitor::Coordinator(by) => {
            let desk = service::desk(&app, &by).await?;
            let view = View {
                page: from.page.parse().unwrap_or(1),
                away: from.away.parse().unwrap_or(1),
                typed: Typed::default(),
            };
            page::show(&DeskPage::of(by.shell(&app), by.program(), &desk, view))
        }
        ProgramVisitor::Peer(peer) => about_for_peer(&app, &peer).await,
        ProgramVisitor::Contact(contact) => {
            let about = service::about(&app, contact.program().id, None).await?;
            page::show(&AboutPage::of(contact.shell(&app), contact.program(), about))
        }
    }
}

async fn about_for_peer(app: &App, peer: &Peer) -> Result<Response> {
    let about = service::about(app, peer.program_id(), Some(peer)).await?;
    page::show(&AboutPage::of(peer.shell(app), peer.program(), about).joining(peer))
}

#[derive(Deserialize)]
pub(super) struct OfPart {
    part: String,
}

/// Which page of each list.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct HowMany {
    page: String,
}

pub(super) async fn part(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfPart>,
    Query(many): Query<HowMany>,
) -> Result<Response> {
    let part = Part::parse(&of.part).ok_or(AppError::NotFound)?;
    let (facts, today) = service::facts(&app, &by).await?;
    page::show(&PartPage::of(by.shell(&app), (part, many.page.parse().unwrap_or(1)), &facts, today))
}

/// A thing on the desk, and until when it is put off.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct PutOffForm {
    thing: String,
    /// What she saw of it.
    shown: String,
    until: String,
    day: String,
}

impl PutOffForm {
    /// The field of the day, one for each thing.
    fn field(&self) -> String {
        format!("day-{}", self.thing)
    }

    fn until(&self, today: Date, errors: &mut Errors) -> Option<Date> {
        // The choices send the day that they name, so that a press after midnight means what was read.
        let pressed = if self.until == "day" { &self.day } else { &self.until };
        let day = errors.date(&self.field(), pressed, "the day on which it comes back")?;
        let last = today + Duration::days(LONGEST_DAYS);
        if day <= today {
            errors.add(&self.field(), "Choose a day after today");
        } else if day > last {
            errors.add(&self.field(), format!("Choose a day up to {}", words::day_and_year(last)));
        }
        Some(day)
    }
}

pub(super) async fn put_off(
    State(app): State<App>,
    by: ProgramCoordinator,
    Form(form): Form<PutOffForm>,
) -> Result<Response> {
    let desk = service::desk(&app, &by).await?;
    let path = by.program().path();
    // What was mended meanwhile needs no putting off.
    let Some(thing) = desk.thing(&form.thing) else {
        return Ok(flash::go_and_say(&path, "That is not on the desk any more."));
    };
    if thing.fingerprint() != form.shown {
        return Ok(flash::go_and_say(
            &path,
            "It has changed since you read it. Look at it once more; it is not put off.",
        ));
    }
    let mut errors = Errors::default();
    match form.until(desk.today, &mut errors) {
        Some(until) if errors.is_empty() => {
            putting_off::put_off(&app, &by, thing, (desk.today, until)).await?;
            Ok(flash::go_and_say(&path, &format!("Put off until {}.", words::long_day(until))))
        }
        _ => {
            let typed = Typed { thing: form.thing, day: form.day, errors: errors.clone() };
            let view = View { page: 1, away: 1, typed };
            page::show_form(&DeskPage::of(by.shell(&app).with(&errors), by.program(), &desk, view), &errors)
        }
    }
}

/// A thing that was put off.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct BringBackForm {
    thing: String,
}

pub(super) async fn bring_back(
    State(app): State<App>,
    by: ProgramCoordinator,
    Form(form): Form<BringBackForm>,
) -> Result<Response> {
    let desk = service::desk(&app, &by).await?;
    if let Some(thing) = desk.thing(&form.thing) {
        putting_off::bring_back(&app, &by, thing).await?;
    }
    Ok(flash::go_and_say(&by.program().path(), "It is back on the desk."))
}
