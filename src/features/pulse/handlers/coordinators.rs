//! The coordinators' page: opening a pulse, closing it early, and what came of it.
use crate::access::ProgramCoordinator;
use crate::base::{error::Result, ids::PulseId, local_time, words};
use crate::features::pulse::{
    model::{PulseKind, last_days},
    pages::coordinators::{ClosePage, OpenForm, OverviewPage},
    service::{self, Opened},
};
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
use time::Date;

#[derive(Deserialize)]
pub(in super::super) struct OfPulse {
    pulse_id: PulseId,
}

fn path(by: &ProgramCoordinator) -> String {
    format!("{}/pulses", by.program().path())
}

async fn page_of(app: &App, by: &ProgramCoordinator, (form, errors): (OpenForm, Errors)) -> Result<Response> {
    let overview = service::overview(app, by).await?;
    let today = local_time::day_in(&by.program().time_zone, app.clock.now());
    page::show_form(&OverviewPage::of(by.shell(app), by.program(), &overview, (form, errors.clone()), today), &errors)
}

pub(in super::super) async fn show(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    page_of(&app, &by, (OpenForm::first(), Errors::default())).await
}

/// What a form asks for; `None` with what is wrong noted.
fn read(errors: &mut Errors, form: &OpenForm, today: Date) -> Option<(PulseId, PulseKind, Date)> {
    let kind = PulseKind::parse(&form.kind);
    if kind.is_none() {
        errors.add("kind", "Choose the middle or the end of the program");
    }
    let may = last_days(today);
    let last_day = errors.date("last_day", &form.last_day, "the last day");
    if last_day.is_some_and(|day| !may.contains(&day)) {
        let (from, to) = (words::day(*may.start()), words::day_and_year(*may.end()));
        errors.add("last_day", format!("Choose a day from {from} to {to}, so that a reminder is in time"));
    }
    let id = PulseId::parse(&form.id);
    if id.is_none() {
        errors.add("kind", "Open this page again, and choose anew");
    }
    if errors.is_empty() { Some((id?, kind?, last_day?)) } else { None }
}

pub(in super::super) async fn open(
    State(app): State<App>,
    by: ProgramCoordinator,
    Form(form): Form<OpenForm>,
) -> Result<Response> {
    let today = local_time::day_in(&by.program().time_zone, app.clock.now());
    let mut errors = Errors::default();
    let Some((id, kind, last_day)) = read(&mut errors, &form, today) else {
        return page_of(&app, &by, (form, errors)).await;
    };
    let said = match service::open(&app, &by, (id, kind), last_day).await? {
        Opened::Done(n) => format!(
            "{} asked by email. They are reminded once, and it closes by itself.",
            words::capital(&format!("{} {}", words::count(n, "person", "people"), if n == 1 { "is" } else { "are" }))
        ),
        Opened::Another => "Nothing changed: there was one before.".to_owned(),
        Opened::NotNow => "Nothing changed: the program does not run.".to_owned(),
        Opened::TooFew(members, needed) => {
            errors.add(
                "kind",
                format!(
                    "Results need {}, and {} in a group now: nothing could ever be shown",
                    words::count(usize::try_from(needed).unwrap_or(0), "answer", "answers"),
                    if members == 1 {
                        "one person is".to_owned()
                    } else {
                        format!("{} people are", words::number(members))
                    }
                ),
            );
            return page_of(&app, &by, (form, errors)).await;
        }
    };
    Ok(flash::go_and_say(&path(&by), &said))
}

pub(in super::super) async fn close_page(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfPulse>,
) -> Result<Response> {
    let pulse = service::one(&app, &by, of.pulse_id).await?;
    page::show(&ClosePage::of(by.shell(&app), by.program(), &pulse))
}

pub(in super::super) async fn close(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfPulse>,
) -> Result<Response> {
    let said = if service::close(&app, &by, of.pulse_id).await? {
        "It is closed. Everybody who was asked is told by email."
    } else {
        "It is closed."
    };
    Ok(flash::go_and_say(&path(&by), said))
}
