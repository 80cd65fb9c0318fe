//! A link from an email, opened: its secret moves from the address into a cookie that only
//! the page it is for receives, so that the address can be seen, shared and logged.
use crate::base::{
    error::{AppError, Result},
    secret::Secret,
};
use crate::links::{self, Link, LinkKind};
use crate::web::{
    cookies::{self, Cookie},
    limits::{self, Limit},
    page,
    state::App,
};
use axum::{
    http::{HeaderMap, header},
    response::Response,
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// Sends whoever opened `/…/{secret}` on to the clean address of the page, with the cookie.
/// Changes nothing but a counter.
///
/// # Errors
/// [`AppError::DeadLink`] for a secret that stands for nothing (any more), [`AppError::Gone`] for one whose
/// page is shared no longer, and [`AppError::TooMany`] when dead ones are tried too often.
pub async fn hold(app: &App, secret: &str, kind: LinkKind, page_of: impl Fn(&Link) -> String) -> Result<Response> {
    let now = app.clock.now();
    let link = presented(&mut *app.db.acquire().await?, secret, kind, now).await?;
    let to = page_of(&link);
    let mut response = page::go(&to);
    let cookie = Cookie {
        name: kind.as_str(),
        value: secret,
        path: &to,
        seconds: (link.expires_at - now).whole_seconds(),
        https: app.https,
    };
    if let Some(value) = cookies::set(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// The link of a secret that stands in an address.
///
/// # Errors
/// As for [`hold`].
pub async fn presented(db: &mut PgConnection, secret: &str, kind: LinkKind, now: OffsetDateTime) -> Result<Link> {
    let presented = Secret::presented(secret);
    if let Some(link) = links::find(db, &presented, kind, now).await? {
        return Ok(link);
    }
    if links::has_ended(db, &presented, kind, now).await? {
        return Err(AppError::Gone);
    }
    // 256 bits cannot be guessed; the limit keeps those who try from costing us anything.
    let tries = Limit { kind: "dead_link", subject: kind.as_str(), most: 600, window: Duration::minutes(10) };
    limits::count(db, tries, now).await?;
    Err(AppError::DeadLink)
}

/// The secret and the link that a request's cookie holds.
///
/// # Errors
/// [`AppError::DeadLink`] when it holds none that is in force, [`AppError::Gone`] when its page is shared no longer.
pub async fn held(app: &App, headers: &HeaderMap, kind: LinkKind) -> Result<(Secret, Link)> {
    let secret = cookies::read(headers, kind.as_str()).map(Secret::presented).ok_or(AppError::DeadLink)?;
    let mut db = app.db.acquire().await?;
    let now = app.clock.now();
    match links::find(&mut db, &secret, kind, now).await? {
        Some(link) => Ok((secret, link)),
        None if links::has_ended(&mut db, &secret, kind, now).await? => Err(AppError::Gone),
        None => Err(AppError::DeadLink),
    }
}
