//! Reads the request, calls one service function, picks the page.
use super::{
    model::{After, Section, Wish},
    pages::{self, ListPage, PersonPage},
    service::{self, Asked},
};
use crate::access::ProgramCoordinator;
use crate::base::{
    error::{AppError, Result},
    ids::ParticipationId,
};
use crate::web::{csv_file::CsvFile, flash, form::Form, page, state::App};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::Deserialize;
use uuid::Uuid;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Paging {
    /// The word of a section; all of them without one.
    show: String,
    /// The last row of the page before.
    after: String,
}

pub(super) async fn list(
    State(app): State<App>,
    by: ProgramCoordinator,
    Query(paging): Query<Paging>,
) -> Result<Response> {
    let section = Section::parse(&paging.show);
    let after = After::parse(&paging.after);
    let standings = service::list(&app, &by, section, after).await?;
    page::show(&ListPage::of(by.shell(&app), by.program(), &standings, (section, after.is_some()), app.clock.now()))
}

/// Every request, as a file.
pub(super) async fn export(State(app): State<App>, by: ProgramCoordinator) -> Result<Response> {
    let mut file = CsvFile::with(&["Name", "Supervisor", "Their address", "State", "Since", "Email", "Backing"])?;
    let mut after = None;
    loop {
        let standings = service::list_for_file(&app, &by, after).await?;
        for stand in &standings.stands {
            file.row(&pages::cells(by.program(), stand, app.clock.now()))?;
        }
        after = standings.next;
        if after.is_none() {
            return file.download(&format!("{} approvals", by.program().name));
        }
    }
}

#[derive(Deserialize)]
pub(super) struct OfPerson {
    participation_id: ParticipationId,
}

pub(super) async fn of_somebody(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfPerson>,
) -> Result<Response> {
    let history = service::of_somebody(&app, &by, of.participation_id).await?;
    page::show(&PersonPage::of(by.shell(&app), by.program(), of.participation_id, &history, app.clock.now()))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Press {
    /// Of the button.
    id: String,
}

impl Press {
    fn press(&self) -> Result<Uuid> {
        Uuid::try_parse(&self.id).map_err(|_| AppError::Unreadable("not a form of ours"))
    }
}

pub(super) async fn ask_to_correct(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfPerson>,
    Form(form): Form<Press>,
) -> Result<Response> {
    let said = match service::ask_peer(&app, &by, of.participation_id, (Wish::CorrectAddress, form.press()?)).await? {
        Asked::Sent(name) => format!("{name} is asked to correct the address."),
        Asked::NotNow(name) => format!("Nothing was sent: no request of {name} waits for an answer."),
    };
    Ok(back(&by, of.participation_id, &said))
}

pub(super) async fn remind_to_ask(
    State(app): State<App>,
    by: ProgramCoordinator,
    Path(of): Path<OfPerson>,
    Form(form): Form<Press>,
) -> Result<Response> {
    let said = match service::ask_peer(&app, &by, of.participation_id, (Wish::AskAgain, form.press()?)).await? {
        Asked::Sent(name) => format!("{name} is reminded to ask again."),
        Asked::NotNow(name) => format!("Nothing was sent: {name} need not ask again now."),
    };
    Ok(back(&by, of.participation_id, &said))
}

fn back(by: &ProgramCoordinator, of: ParticipationId, said: &str) -> Response {
    flash::go_and_say(&format!("{}/people/{of}/approvals", by.program().path()), said)
}
