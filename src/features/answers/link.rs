//! The supervisor's way in: a secret from an email, then a cookie that only the one page gets.
use crate::base::{
    error::{AppError, Result},
    ids::{ApprovalRequestId, ProgramId},
    secret::Secret,
};
use crate::links::{self, LinkKind};
use crate::web::{
    cookies::{self, Cookie},
    flash,
    limits::{self, Limit},
    state::App,
};
use axum::{
    RequestPartsExt,
    extract::{FromRequestParts, Path},
    http::{HeaderValue, request::Parts},
};
use serde::Deserialize;
use time::Duration;

const COOKIE: &str = "answer";

/// Where the page of a request is.
pub(super) fn path(id: ApprovalRequestId) -> String {
    format!("/answers/{id}")
}

/// Whoever holds the email of one request. Made only here, from the secret in the cookie.
#[derive(Debug)]
pub(super) struct SupervisorLink {
    program_id: ProgramId,
    request_id: ApprovalRequestId,
    flash: Option<String>,
}

impl SupervisorLink {
    pub(super) const fn program_id(&self) -> ProgramId {
        self.program_id
    }
    pub(super) const fn request_id(&self) -> ApprovalRequestId {
        self.request_id
    }
    /// What the last page left to say.
    pub(super) fn flash(&self) -> Option<String> {
        self.flash.clone()
    }
    /// Where its page is.
    pub(super) fn path(&self) -> String {
        path(self.request_id)
    }
}

#[derive(Deserialize)]
struct OfRequest {
    request_id: ApprovalRequestId,
}

impl FromRequestParts<App> for SupervisorLink {
    type Rejection = AppError;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let Path(of) = parts.extract::<Path<OfRequest>>().await.map_err(|_| AppError::NotFound)?;
        let secret = cookies::read(&parts.headers, COOKIE).map(Secret::presented).ok_or(AppError::DeadLink)?;
        let mut db = app.db.acquire().await?;
        let link = links::find(&mut db, &secret, LinkKind::Answer, app.clock.now()).await?.ok_or(AppError::DeadLink)?;
        match link.program_id {
            Some(program_id) if link.object_id == of.request_id.0 => {
                Ok(Self { program_id, request_id: of.request_id, flash: flash::read(&parts.headers) })
            }
            _ => Err(AppError::DeadLink),
        }
    }
}

/// Where a secret leads, and the cookie that carries it there.
#[derive(Debug)]
pub(super) struct Entrance {
    pub(super) to: String,
    pub(super) cookie: Option<HeaderValue>,
}

/// Looks up the secret of an address.
///
/// Opening a link is counted per link, guessing is counted for everyone together and never
/// keeps the holder of a good link out.
pub(super) async fn enter(app: &App, secret: &str) -> Result<Entrance> {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    let window = Duration::minutes(10);
    let found = links::find(&mut db, &Secret::presented(secret), LinkKind::Answer, now).await?;
    let Some(link) = found else {
        let guesses = Limit { kind: "answer_unknown", subject: "anyone", most: 300, window };
        limits::count(&mut db, guesses, now).await?;
        return Err(AppError::DeadLink);
    };
    limits::count(&mut db, Limit { kind: "answer_link", subject: secret, most: 60, window }, now).await?;
    let to = path(ApprovalRequestId(link.object_id));
    let seconds = (link.expires_at - now).whole_seconds();
    let cookie = cookies::set(Cookie { name: COOKIE, value: secret, path: &to, seconds, https: app.https });
    Ok(Entrance { to, cookie })
}

/// Takes the cookie away when its link is dead.
pub(super) fn leave(app: &App, id: ApprovalRequestId) -> Option<HeaderValue> {
    cookies::set(Cookie { name: COOKIE, value: "", path: &path(id), seconds: 0, https: app.https })
}
