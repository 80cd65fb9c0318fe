//! Coordinators change what peers of their program begin from.
use super::{
    model::{self, Entry, MOST_ENTRIES},
    queries,
};
use crate::access::ProgramCoordinator;
use crate::base::{
    error::{AppError, Result},
    ids::LibraryEntryId,
};
use crate::features::programs;
use crate::history::{self, Act, Actor};
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What differs from the library that ships.
#[derive(Debug)]
pub(super) struct Differences {
    /// By name.
    pub(super) off: Vec<String>,
    pub(super) entries: Vec<Entry>,
}

pub(super) async fn read(app: &App, by: &ProgramCoordinator) -> Result<Differences> {
    let mut db = app.db.acquire().await?;
    Ok(Differences {
        off: queries::off(&mut db, by.program().id).await?,
        entries: queries::entries(&mut db, by.program().id).await?,
    })
}

/// Whether this can still be changed.
fn lives(by: &ProgramCoordinator) -> Result<()> {
    if programs::has_ended(by.program().state) { Err(AppError::NotAllowed("the program has ended")) } else { Ok(()) }
}

async fn note(db: &mut PgConnection, by: &ProgramCoordinator, now: OffsetDateTime) -> Result<()> {
    let program_id = by.program().id;
    let actor = Actor::Person(by.viewer().person_id());
    history::record(db, program_id, Act { actor, action: "library_changed", object_id: program_id.0 }, now).await
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Done,
    /// There are as many as a page can hold.
    Full,
}

/// Adds an entry; the same form sent twice adds one.
pub(super) async fn add(app: &App, by: &ProgramCoordinator, entry: &Entry) -> Result<Outcome> {
    lives(by)?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let there = queries::entries(&mut tx, by.program().id).await?;
    if there.len() >= MOST_ENTRIES && !there.iter().any(|one| one.id == entry.id) {
        return Ok(Outcome::Full);
    }
    queries::put(&mut tx, by.program().id, entry, now).await?;
    note(&mut tx, by, now).await?;
    tx.commit().await?;
    Ok(Outcome::Done)
}

/// The entry with this id, for who changes it.
///
/// # Errors
/// `NotFound` when the program has none.
pub(super) async fn entry(app: &App, by: &ProgramCoordinator, id: LibraryEntryId) -> Result<Entry> {
    let found = read(app, by).await?.entries.into_iter().find(|entry| entry.id == id);
    found.ok_or(AppError::NotFound)
}

/// Gives an entry other words.
pub(super) async fn change(app: &App, by: &ProgramCoordinator, entry: &Entry) -> Result<()> {
    lives(by)?;
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let there = queries::entries(&mut tx, by.program().id).await?;
    if !there.iter().any(|one| one.id == entry.id) {
        return Err(AppError::NotFound);
    }
    queries::put(&mut tx, by.program().id, entry, now).await?;
    note(&mut tx, by, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes an entry away; what peers began from it stays theirs.
pub(super) async fn remove(app: &App, by: &ProgramCoordinator, id: LibraryEntryId) -> Result<()> {
    lives(by)?;
    let mut tx = app.db.begin().await?;
    if !queries::delete(&mut tx, by.program().id, id).await? {
        return Err(AppError::NotFound);
    }
    note(&mut tx, by, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Offers something that ships, or not.
pub(super) async fn switch(app: &App, by: &ProgramCoordinator, name: &str, on: bool) -> Result<()> {
    lives(by)?;
    if !model::is_shipped(name) {
        return Err(AppError::NotFound);
    }
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    queries::switch(&mut tx, by.program().id, (name, on), now).await?;
    note(&mut tx, by, now).await?;
    tx.commit().await?;
    Ok(())
}
