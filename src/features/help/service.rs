//! Asking one person for help, and reading what one asked.
pub(super) use super::queries::Asked;
use super::{
    email::HelpAsked,
    model::{Ask, KEPT, Reachable},
    queries,
};
use crate::access::Viewer;
use crate::base::error::{AppError, Result};
use crate::outbox::{self, Posting};
use crate::web::{
    limits::{self, Limit},
    state::App,
};
use time::Duration;

/// So often may one person ask in a day.
const ASKS_A_DAY: i32 = 10;

/// What the page shows.
#[derive(Debug)]
pub(super) struct Help {
    pub(super) reachable: Vec<Reachable>,
    pub(super) asked: Vec<Asked>,
}

pub(super) async fn read(app: &App, by: &Viewer) -> Result<Help> {
    let mut db = app.db.acquire().await?;
    Ok(Help {
        reachable: queries::reachable(&mut db, by.person_id()).await?,
        asked: queries::asked(&mut db, by.person_id(), app.clock.now() - KEPT).await?,
    })
}

/// What became of asking.
#[derive(Debug)]
pub(super) enum Outcome {
    /// To the one of this name.
    Sent(String),
    /// The same form was sent before, with other words or to somebody else.
    Another,
    /// They cannot be asked (any more).
    NotThere,
    /// Very often in one day.
    TooOften,
}

/// Sends it to the one who was chosen.
pub(super) async fn ask(app: &App, by: &Viewer, to: &str, ask: &Ask) -> Result<Outcome> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let reachable = queries::reachable(&mut tx, by.person_id()).await?;
    let Some(to) = reachable.into_iter().find(|one| one.value() == to) else { return Ok(Outcome::NotThere) };
    // A form is sent once, over all programs of whoever sends it; two presses at once meet at the row.
    let before = queries::asked_before(&mut tx, by.person_id(), ask.id).await?;
    if before.is_some() || !queries::insert(&mut tx, &to, ask, now).await? {
        let before = match before {
            None => queries::asked_before(&mut tx, by.person_id(), ask.id).await?,
            found => found,
        };
        let same = before.is_some_and(|(to_id, words)| to_id == (to.program_id, to.person_id) && words == ask.words);
        return Ok(if same { Outcome::Sent(to.name) } else { Outcome::Another });
    }
    let subject = by.person_id().to_string();
    let limit = Limit { kind: "help", subject: &subject, most: ASKS_A_DAY, window: Duration::days(1) };
    match limits::count(&mut tx, limit, now).await {
        Err(AppError::TooMany(_)) => return Ok(Outcome::TooOften),
        counted => counted?,
    }
    let letter = HelpAsked { program_id: to.program_id, ask_id: ask.id };
    let posting = Posting {
        program_id: Some(to.program_id),
        due_at: now,
        key: Some(format!("help:{}:{}", to.program_id, ask.id)),
    };
    outbox::enqueue(&mut tx, &letter, posting).await?;
    tx.commit().await?;
    Ok(Outcome::Sent(to.name))
}
