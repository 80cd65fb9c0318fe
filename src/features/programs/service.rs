//! Commands on a program. Each is one transaction, and takes the proof that it is allowed.
use super::{
    email::{ContactLetter, CoordinatorLetter},
    model::{Contacts, Settings, Stored},
    queries::{self, Coordinator},
};
use crate::access::{ProgramCoordinator, ProgramCreator, ProgramState};
use crate::base::{
    error::{AppError, Result},
    ids::{PersonId, ProgramId},
};
use crate::features::accounts;
use crate::history::{self, Act, Actor};
use crate::mail::Mailbox;
use crate::outbox::{self, Posting};
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Makes a draft. The creator coordinates it; contacts are told. Sent twice, it makes one.
///
/// # Errors
/// `NotFound` when the id belongs to a program that this person does not coordinate.
pub(crate) async fn create(app: &App, by: &ProgramCreator, id: ProgramId, settings: &Settings) -> Result<()> {
    let now = app.clock.now();
    let creator = by.viewer().person_id();
    let mut tx = app.db.begin().await?;
    if !create_in(&mut tx, by, (id, settings), now).await? {
        // Nothing of this second try is kept; it shows the result of the first.
        tx.rollback().await?;
        let mut db = app.db.acquire().await?;
        let there = queries::coordinators(&mut db, id).await?;
        return if there.iter().any(|one| one.person_id == creator) { Ok(()) } else { Err(AppError::NotFound) };
    }
    tx.commit().await?;
    Ok(())
}

/// The same as part of a command; `false` when a program with this id is there.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn create_in(
    db: &mut PgConnection,
    by: &ProgramCreator,
    (id, settings): (ProgramId, &Settings),
    now: OffsetDateTime,
) -> Result<bool> {
    let creator = by.viewer().person_id();
    let first = contact(db, &settings.contacts.first, &settings.when.time_zone, now).await?;
    let second = match &settings.contacts.second {
        Some(second) => Some(contact(db, second, &settings.when.time_zone, now).await?),
        None => None,
    };
    if !queries::insert(db, id, settings, (first, second), now).await? {
        return Ok(false);
    }
    queries::save_themes(db, id, &settings.themes).await?;
    queries::add_coordinator(db, id, creator, now).await?;
    queries::remember(db, creator, id).await?;
    for person_id in [Some(first), second].into_iter().flatten() {
        tell_contact(db, id, person_id, creator, now).await?;
    }
    record(db, id, creator, "program_created", now).await?;
    Ok(true)
}

/// What a program's settings page shows.
pub(crate) async fn read(app: &App, by: &ProgramCoordinator) -> Result<(Stored, Vec<Coordinator>)> {
    let mut db = app.db.acquire().await?;
    let stored = queries::stored(&mut db, by.program_id()).await?;
    Ok((stored, queries::coordinators(&mut db, by.program_id()).await?))
}

/// What came of naming a coordinator.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum CoordinatorAdded {
    Added,
    AlreadyOne,
    /// The program is archived or cancelled.
    Ended,
}

/// Makes somebody a coordinator of the program, and tells them.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn add_coordinator(app: &App, by: &ProgramCoordinator, who: &Mailbox) -> Result<CoordinatorAdded> {
    let now = app.clock.now();
    let id = by.program_id();
    let mut tx = app.db.begin().await?;
    if has_ended(queries::lock(&mut tx, id).await?) {
        return Ok(CoordinatorAdded::Ended);
    }
    let person_id = accounts::find_or_add(&mut tx, who, &by.program().time_zone, now).await?;
    if !queries::add_coordinator(&mut tx, id, person_id, now).await? {
        return Ok(CoordinatorAdded::AlreadyOne);
    }
    queries::remember(&mut tx, person_id, id).await?;
    let letter = CoordinatorLetter { program_id: id, person_id, by: by.viewer().person_id() };
    outbox::enqueue(&mut tx, &letter, Posting { program_id: Some(id), due_at: now, key: None }).await?;
    let act =
        Act { actor: Actor::Person(by.viewer().person_id()), action: "coordinator_added", object_id: person_id.0 };
    history::record(&mut tx, id, act, now).await?;
    tx.commit().await?;
    Ok(CoordinatorAdded::Added)
}

/// To `cancelled`; `false` when it was that already, or is archived.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn cancel(app: &App, by: &ProgramCoordinator) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    if !queries::cancel(&mut tx, by.program_id()).await? {
        return Ok(false);
    }
    record(&mut tx, by.program_id(), by.viewer().person_id(), "program_cancelled", app.clock.now()).await?;
    tx.commit().await?;
    Ok(true)
}

/// Nothing about it changes any more.
pub(crate) const fn has_ended(state: ProgramState) -> bool {
    matches!(state, ProgramState::Archived | ProgramState::Cancelled)
}

async fn contact(db: &mut PgConnection, who: &Mailbox, time_zone: &str, now: OffsetDateTime) -> Result<PersonId> {
    accounts::find_or_add(db, who, time_zone, now).await
}

/// Changes whom people turn to: who is new hears of it. Part of a command that has locked the program.
pub(crate) async fn change_contacts(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    contacts: &Contacts,
    now: OffsetDateTime,
) -> Result<()> {
    let id = by.program_id();
    let before = queries::contacts(db, id).await?;
    let first = contact(db, &contacts.first, &by.program().time_zone, now).await?;
    let second = match &contacts.second {
        Some(second) => Some(contact(db, second, &by.program().time_zone, now).await?),
        None => None,
    };
    queries::save_contacts(db, id, first, second).await?;
    let were = [Some(before.0), before.1];
    let are = [Some(first), second];
    for person_id in are.into_iter().flatten().filter(|person| !were.contains(&Some(*person))) {
        tell_contact(db, id, person_id, by.viewer().person_id(), now).await?;
    }
    for person_id in were.into_iter().flatten().filter(|person| !are.contains(&Some(*person))) {
        queries::forget_if_unrelated(db, person_id, id).await?;
    }
    Ok(())
}

/// Remembers a contact person's program, and writes to them unless they named themselves.
async fn tell_contact(
    db: &mut PgConnection,
    program_id: ProgramId,
    person_id: PersonId,
    by: PersonId,
    now: OffsetDateTime,
) -> Result<()> {
    queries::remember(db, person_id, program_id).await?;
    if person_id != by {
        let letter = ContactLetter { program_id, person_id, by };
        outbox::enqueue(db, &letter, Posting { program_id: Some(program_id), due_at: now, key: None }).await?;
    }
    Ok(())
}

async fn record(
    db: &mut PgConnection,
    program_id: ProgramId,
    by: PersonId,
    action: &str,
    now: OffsetDateTime,
) -> Result<()> {
    let act = Act { actor: Actor::Person(by), action, object_id: program_id.0 };
    history::record(db, program_id, act, now).await
}
