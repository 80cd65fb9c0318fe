//! The way out of the weekly email: a secret that stops it, or lets it come again, and does
//! nothing else.
use crate::base::{
    error::{AppError, Result},
    ids::PersonId,
    secret::Secret,
};
use crate::links::{self, Link, LinkKind};
use crate::web::{
    limits::{self, Limit},
    state::App,
};
use sqlx::PgConnection;
use time::Duration;

/// Mail programs keep emails, and their buttons, for long.
const LIFE: Duration = Duration::days(180);

/// A fresh address where a person stops the weekly email, and other reminders of what waits. For an email's
/// `compose` only.
///
/// # Errors
/// When the database does not answer.
pub async fn draw(app: &App, db: &mut PgConnection, of: PersonId) -> Result<String> {
    let now = app.clock.now();
    let secret = Secret::generate()?;
    let link = Link { kind: LinkKind::Unsubscribe, program_id: None, object_id: of.0, expires_at: now + LIFE };
    links::remember(db, &secret, link, now).await?;
    Ok(format!("{}/weekly-email/{}", app.base_url, secret.reveal()))
}

/// Whoever holds a weekly email. Made only here, from the secret in the address.
#[derive(Debug)]
pub(super) struct WeeklyLink {
    pub(super) person_id: PersonId,
}

/// Looks up the secret of an address; guessing is counted for everyone together.
pub(super) async fn find(app: &App, secret: &str) -> Result<WeeklyLink> {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    let found = links::find(&mut db, &Secret::presented(secret), LinkKind::Unsubscribe, now).await?;
    // A link that stops reminders about one request names its program.
    if let Some(Link { program_id: None, object_id, .. }) = found {
        return Ok(WeeklyLink { person_id: PersonId(object_id) });
    }
    let guesses = Limit { kind: "weekly_unknown", subject: "anyone", most: 300, window: Duration::minutes(10) };
    limits::count(&mut db, guesses, now).await?;
    Err(AppError::DeadLink)
}
