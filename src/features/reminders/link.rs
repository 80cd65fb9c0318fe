//! The way out of reminders: a secret that stops those of one request and does nothing else.
use crate::base::{
    error::{AppError, Result},
    ids::{ApprovalRequestId, ProgramId},
    secret::Secret,
};
use crate::features::approvals::Request;
use crate::links::{self, Link, LinkKind};
use crate::web::{
    limits::{self, Limit},
    state::App,
};
use sqlx::PgConnection;
use time::Duration;

/// Mail programs keep emails, and their buttons, for long.
const LIFE: Duration = Duration::days(180);

/// A fresh address where reminders of a request are stopped. For an email's `compose` only.
pub(super) async fn draw(app: &App, db: &mut PgConnection, request: &Request) -> Result<String> {
    let now = app.clock.now();
    let secret = Secret::generate()?;
    let link = Link {
        kind: LinkKind::Unsubscribe,
        program_id: Some(request.program_id),
        object_id: request.id.0,
        expires_at: now + LIFE,
    };
    links::remember(db, &secret, link, now).await?;
    Ok(format!("{}/no-reminders/{}", app.base_url, secret.reveal()))
}

/// Whoever holds a reminder. Made only here, from the secret in the address.
#[derive(Debug)]
pub(super) struct ReminderLink {
    pub(super) program_id: ProgramId,
    pub(super) request_id: ApprovalRequestId,
}

/// Looks up the secret of an address; guessing is counted for everyone together.
pub(super) async fn find(app: &App, secret: &str) -> Result<ReminderLink> {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    let found = links::find(&mut db, &Secret::presented(secret), LinkKind::Unsubscribe, now).await?;
    if let Some(Link { program_id: Some(program_id), object_id, .. }) = found {
        return Ok(ReminderLink { program_id, request_id: ApprovalRequestId(object_id) });
    }
    let guesses = Limit { kind: "reminder_unknown", subject: "anyone", most: 300, window: Duration::minutes(10) };
    limits::count(&mut db, guesses, now).await?;
    Err(AppError::DeadLink)
}
