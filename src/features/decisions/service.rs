//! Deciding, and ending a program once all is decided.
use super::{
    model::{self, Component, Decision, Typed},
    queries,
};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::error::Result;
use crate::features::programs;
use crate::history::{self, Act, Actor};
use crate::web::{form::Errors, state::App};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What stands.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn standing(app: &App, by: &ProgramCoordinator) -> Result<Vec<Decision>> {
    queries::of_program(&mut *app.db.acquire().await?, by.program_id()).await
}

/// What became of saving.
#[derive(Debug)]
pub(super) enum Saved {
    /// How many are decided now.
    Done(usize),
    /// What is wrong, with what stood then.
    Refused(Errors, Vec<Decision>),
    /// The program is not closing.
    NotNow,
}

/// Keeps what was decided on the page.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn save(app: &App, by: &ProgramCoordinator, typed: &Typed) -> Result<Saved> {
    let (id, now, me) = (by.program_id(), app.clock.now(), by.viewer().person_id());
    let mut tx = app.db.begin().await?;
    if programs::lock(&mut tx, id).await? != ProgramState::Closing {
        return Ok(Saved::NotNow);
    }
    let stands = queries::of_program(&mut tx, id).await?;
    let decided = match model::read(typed, &stands) {
        Ok(decided) => decided,
        Err(errors) => return Ok(Saved::Refused(errors, stands)),
    };
    for (component, verdict, why) in &decided {
        queries::decide(&mut tx, id, (*component, *verdict, why.as_str()), (me, now)).await?;
        note(&mut tx, by, "part_decided", now).await?;
    }
    let all = queries::of_program(&mut tx, id).await?.len();
    tx.commit().await?;
    Ok(Saved::Done(all))
}

async fn note(db: &mut PgConnection, by: &ProgramCoordinator, action: &str, now: OffsetDateTime) -> Result<()> {
    let act = Act { actor: Actor::Person(by.viewer().person_id()), action, object_id: by.program_id().0 };
    history::record(db, by.program_id(), act, now).await
}

/// What nothing is decided about yet.
#[must_use]
pub fn undecided(decided: &[Decision]) -> Vec<Component> {
    let is_open = |component: &&Component| !decided.iter().any(|one| one.component == **component);
    Component::ALL.iter().filter(is_open).copied().collect()
}

/// What came of ending a program.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    Done,
    /// Its last day is not past.
    TooEarly,
    /// It was not closing: it has ended before, or has not come to that.
    NotClosing,
    /// Nothing is decided about some of the five.
    Undecided,
}

/// `closing → archived`, once the last day is past and all five are decided: it stays readable, and nothing changes
/// any more.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn end(app: &App, by: &ProgramCoordinator) -> Result<Ended> {
    let id = by.program_id();
    let mut tx = app.db.begin().await?;
    if programs::lock(&mut tx, id).await? != ProgramState::Closing {
        return Ok(Ended::NotClosing);
    }
    if !by.program().is_over {
        return Ok(Ended::TooEarly);
    }
    if !undecided(&queries::of_program(&mut tx, id).await?).is_empty() {
        return Ok(Ended::Undecided);
    }
    if !programs::archive(&mut tx, id).await? {
        return Ok(Ended::NotClosing);
    }
    note(&mut tx, by, "program_archived", app.clock.now()).await?;
    tx.commit().await?;
    Ok(Ended::Done)
}

/// What the page of ending a program shows as missing.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn missing(app: &App, by: &ProgramCoordinator) -> Result<Vec<Component>> {
    Ok(undecided(&standing(app, by).await?))
}
