//! Asking for another address, confirming it, stopping it.
use super::{
    email::{AnnounceChange, ConfirmEmail, TellChanged},
    link::{AtNewAddress, AtOldAddress},
    model::{AskedBy, Change, Ended},
    queries::{self, Account},
};
use crate::access::{SiteAdmin, Viewer};
use crate::base::{
    error::{AppError, Result},
    ids::{EmailChangeId, PersonId},
    text,
};
use crate::features::accounts;
use crate::links::{self, LinkKind};
use crate::outbox::{self, Posting};
use crate::web::{
    limits::{self, Limit},
    passwords::Checked,
    state::App,
};
use sqlx::PgConnection;
use time::Duration;

/// What became of asking.
pub(super) enum Asked {
    Announced,
    WrongPassword,
    SameAddress,
}

/// The change of one's own address that is going on.
pub(super) async fn own_change(app: &App, by: &Viewer) -> Result<Option<Change>> {
    let mut db = app.db.acquire().await?;
    queries::open_change(&mut db, by.person_id()).await
}

/// Asks for another address of one's own; both addresses get a letter.
pub(super) async fn ask(app: &App, by: &Viewer, new_email: &str, password: &str) -> Result<Asked> {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    let tries = Limit { kind: "own_email", subject: by.email(), most: 10, window: Duration::minutes(15) };
    limits::count(&mut db, tries, now).await?;
    let account = queries::account(&mut db, by.person_id()).await?.ok_or(AppError::NotFound)?;
    drop(db);
    if app.passwords.check(password, account.password_hash.as_deref()).await? == Checked::Wrong {
        return Ok(Asked::WrongPassword);
    }
    let mut tx = app.db.begin().await?;
    let account = queries::account(&mut tx, by.person_id()).await?.ok_or(AppError::NotFound)?;
    let asked = begin(app, &mut tx, (by.person_id(), &account), new_email, AskedBy::Owner).await?;
    tx.commit().await?;
    Ok(asked)
}

/// The account whose address a site admin is about to change, and the change that is going on.
pub(super) async fn account(app: &App, _by: &SiteAdmin, id: PersonId) -> Result<(Account, Option<Change>)> {
    let mut db = app.db.acquire().await?;
    let account = queries::account(&mut db, id).await?.ok_or(AppError::NotFound)?;
    let change = queries::open_change(&mut db, id).await?;
    Ok((account, change))
}

/// Begins a change of somebody else's address: it happens in a week unless they stop it.
pub(super) async fn ask_for_another(app: &App, _by: &SiteAdmin, id: PersonId, new_email: &str) -> Result<Asked> {
    let mut tx = app.db.begin().await?;
    let account = queries::account(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    let asked = begin(app, &mut tx, (id, &account), new_email, AskedBy::SiteAdmin).await?;
    tx.commit().await?;
    Ok(asked)
}

async fn begin(
    app: &App,
    db: &mut PgConnection,
    (id, account): (PersonId, &Account),
    new_email: &str,
    asked_by: AskedBy,
) -> Result<Asked> {
    let now = app.clock.now();
    if text::fold_email(new_email) == text::fold_email(&account.email) {
        return Ok(Asked::SameAddress);
    }
    if let Some(open) = queries::open_change(db, id).await? {
        // A second press of the button asks for nothing new.
        if open.new_email == new_email && open.asked_by == asked_by {
            return Ok(Asked::Announced);
        }
        queries::end(db, open.id, Ended::Replaced, now).await?;
    }
    let change = Change {
        id: EmailChangeId::generate(),
        person_id: id,
        old_email: account.email.clone(),
        new_email: new_email.to_owned(),
        asked_by,
        due_at: now + asked_by.waits(),
        outcome: None,
    };
    queries::insert(db, &change, now).await?;
    let posting = Posting { program_id: None, due_at: now, key: None };
    outbox::enqueue(db, &AnnounceChange { change_id: change.id }, posting.clone()).await?;
    if asked_by == AskedBy::Owner {
        outbox::enqueue(db, &ConfirmEmail { change_id: change.id }, posting).await?;
    }
    Ok(Asked::Announced)
}

/// Stops the change of one's own address; `false` when none was going on.
pub(super) async fn stop_own(app: &App, by: &Viewer) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    let Some(open) = queries::open_change(&mut tx, by.person_id()).await? else { return Ok(false) };
    let stopped = queries::end(&mut tx, open.id, Ended::Stopped, app.clock.now()).await?;
    tx.commit().await?;
    Ok(stopped)
}

/// The change that a link is about.
pub(super) async fn change_of(app: &App, id: EmailChangeId) -> Result<Change> {
    let mut db = app.db.acquire().await?;
    queries::change(&mut db, id).await?.filter(|change| change.outcome.is_none()).ok_or(AppError::NotFound)
}

/// What became of confirming.
pub(super) enum Confirmed {
    Done(String),
    /// The address belongs to another account. Its holder asks, so they may know.
    Taken,
}

/// Changes the address, on the word of whoever reads the mail of the new one.
pub(super) async fn confirm(app: &App, by: &AtNewAddress) -> Result<Confirmed> {
    let mut tx = app.db.begin().await?;
    let change = queries::change(&mut tx, by.change_id()).await?.ok_or(AppError::NotFound)?;
    if happen(app, &mut tx, &change).await? {
        tx.commit().await?;
        return Ok(Confirmed::Done(change.new_email));
    }
    Ok(Confirmed::Taken)
}

/// Puts the new address in place of the old; `false`, with the transaction over, when it is somebody else's.
async fn happen(app: &App, db: &mut PgConnection, change: &Change) -> Result<bool> {
    if !queries::end(db, change.id, Ended::Done, app.clock.now()).await? {
        return Err(AppError::NotFound);
    }
    if !accounts::set_email(db, change.person_id, &change.new_email).await? {
        return Ok(false);
    }
    // Links to a new password went to the old address.
    links::forget(db, LinkKind::Password, change.person_id.0).await?;
    Ok(true)
}

/// Stops a change, on the word of whoever reads the mail of the old address.
pub(super) async fn stop(app: &App, by: &AtOldAddress) -> Result<()> {
    let mut tx = app.db.begin().await?;
    if !queries::end(&mut tx, by.change_id(), Ended::Stopped, app.clock.now()).await? {
        return Err(AppError::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

/// What its time makes of a change: a site admin's happens, one that its owner did not confirm ends.
pub(super) async fn due(app: &App) -> Result<()> {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    let changes = queries::due(&mut db, now).await?;
    drop(db);
    for change in changes {
        let mut tx = app.db.begin().await?;
        if change.asked_by == AskedBy::Owner {
            queries::end(&mut tx, change.id, Ended::Expired, now).await?;
        } else if happen(app, &mut tx, &change).await? {
            let posting = Posting { program_id: None, due_at: now, key: Some(format!("email_changed:{}", change.id)) };
            outbox::enqueue(&mut tx, &TellChanged { change_id: change.id }, posting).await?;
        } else {
            drop(tx);
            tx = app.db.begin().await?;
            queries::end(&mut tx, change.id, Ended::Taken, now).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}
