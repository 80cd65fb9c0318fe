//! What a person does with their own part.
use super::super::{
    model::Standing,
    pages::{FinishPage, LeavePage, PausePage, pause_words},
    service::{self, Finished, Finishing, Paused},
};
use crate::access::{PART_ENDED, ParticipationState, Peer};
use crate::base::{
    error::{AppError, Result},
    words,
};
use crate::features::people::Pause;
use crate::web::{
    flash,
    form::{Errors, Form},
    page,
    state::App,
};
use axum::{extract::State, response::Response};
use serde::Deserialize;

/// The most characters of the line about a product that is missing.
const LONGEST_LINE: usize = 300;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct PauseForm {
    from: String,
    until: String,
}

fn place(peer: &Peer) -> String {
    format!("{}/join", peer.program().path())
}

pub(in super::super) async fn pause_page(State(app): State<App>, peer: Peer) -> Result<Response> {
    show_pause(&app, &peer, None, Errors::default()).await
}

async fn show_pause(app: &App, peer: &Peer, typed: Option<PauseForm>, errors: Errors) -> Result<Response> {
    let (standing, today) = service::pause_of(app, peer).await?;
    let (from, until) = match standing {
        Standing::None => (words::iso_day(today), String::new()),
        Standing::ToCome(pause) | Standing::Now(pause) => (words::iso_day(pause.from), words::iso_day(pause.until)),
    };
    let typed = typed.unwrap_or(PauseForm { from, until });
    let (heading, lede) = pause_words(standing);
    let shown = PausePage {
        shell: peer.shell(app).with(&errors),
        path: peer.program().path(),
        program: peer.program().name.clone(),
        heading,
        lede,
        pauses: standing != Standing::None,
        has_begun: matches!(standing, Standing::Now(_)),
        may_pause: peer.program().state.takes_people() && peer.state() != ParticipationState::Invited,
        from: typed.from,
        until: typed.until,
        errors,
    };
    page::show_form(&shown, &shown.errors)
}

pub(in super::super) async fn pause(
    State(app): State<App>,
    peer: Peer,
    Form(form): Form<PauseForm>,
) -> Result<Response> {
    let mut errors = Errors::default();
    let from = errors.date("from", &form.from, "the first day away");
    let until = errors.date("until", &form.until, "the day you are back");
    if let (Some(from), Some(until)) = (from, until) {
        match service::pause(&app, &peer, Pause { from, until }).await? {
            Paused::Now(pause) => {
                let said =
                    format!("You pause from {} and are back on {}.", words::day(pause.from), words::day(pause.until));
                return Ok(flash::go_and_say(&format!("{}/pause", peer.program().path()), &said));
            }
            Paused::Refused(problem) => errors.add(problem.field(), problem.words()),
            Paused::NotJoined => errors.add("from", "You can pause once you have joined, while the program runs"),
        }
    }
    show_pause(&app, &peer, Some(form), errors).await
}

pub(in super::super) async fn end_pause(State(app): State<App>, peer: Peer) -> Result<Response> {
    service::end_pause(&app, &peer).await?;
    Ok(flash::go_and_say(&place(&peer), "Your pause is over. Welcome back."))
}

pub(in super::super) async fn leave_page(State(app): State<App>, peer: Peer) -> Result<Response> {
    page::show(&LeavePage {
        shell: peer.shell(&app),
        path: peer.program().path(),
        program: peer.program().name.clone(),
        may_leave: peer.program().state.takes_people(),
    })
}

pub(in super::super) async fn leave(State(app): State<App>, peer: Result<Peer>) -> Result<Response> {
    let peer = match peer {
        // The button was pressed twice.
        Err(AppError::NotAllowed(PART_ENDED)) => {
            return Ok(flash::go_and_say("/", "You do not take part in this program any more."));
        }
        peer => peer?,
    };
    service::leave(&app, &peer).await?;
    Ok(flash::go_and_say(
        "/",
        &format!(
            "You have left {}. Others read only that you left; what is yours stays readable in your account.",
            peer.program().name
        ),
    ))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(in super::super) struct FinishForm {
    line: String,
}

pub(in super::super) async fn finish_page(State(app): State<App>, peer: Peer) -> Result<Response> {
    show_finish(&app, &peer, String::new(), Errors::default()).await
}

async fn show_finish(app: &App, peer: &Peer, line: String, errors: Errors) -> Result<Response> {
    let finishing = service::finishing(app, peer).await?;
    let shown = FinishPage {
        shell: peer.shell(app).with(&errors),
        path: peer.program().path(),
        program: peer.program().name.clone(),
        not_yet: finishing == Finishing::NotYet,
        owes_line: finishing == Finishing::OwesLine,
        line,
        errors,
    };
    page::show_form(&shown, &shown.errors)
}

pub(in super::super) async fn finish(
    State(app): State<App>,
    peer: Result<Peer>,
    Form(form): Form<FinishForm>,
) -> Result<Response> {
    let peer = match peer {
        // The button was pressed twice.
        Err(AppError::NotAllowed(PART_ENDED)) => return Ok(flash::go_and_say("/", "Your part in it is over.")),
        peer => peer?,
    };
    let mut errors = Errors::default();
    let line = errors.line("line", &form.line, LONGEST_LINE);
    if errors.is_empty() {
        match service::finish(&app, &peer, &line).await? {
            Finished::Now => {
                return Ok(flash::go_and_say("/", &format!("You have completed {}. Thank you.", peer.program().name)));
            }
            Finished::LineMissing => errors.add("line", "Write one line: why is there no product?"),
            Finished::NotYet => {
                return Ok(flash::go_and_say(
                    &place(&peer),
                    "You can finish once you have joined and the groups have begun.",
                ));
            }
        }
    }
    show_finish(&app, &peer, form.line, errors).await
}
