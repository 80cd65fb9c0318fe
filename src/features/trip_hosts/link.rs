//! The host's way in: a secret from an email, then a cookie that only the one page gets.
use super::model::Visit;
use crate::access::held_link;
use crate::base::{
    error::{AppError, Result},
    ids::{FieldTripId, ProgramId},
    local_time,
    secret::Secret,
};
use crate::links::{self, Link, LinkKind};
use crate::web::state::App;
use axum::http::HeaderMap;
use sqlx::PgConnection;
use time::{Duration, Time};

/// How long after a program's last day the page still shows what was answered.
const AFTERLIFE: Duration = Duration::days(31);

/// A proof: the secret of the email to a trip's host was shown. Its holder reads one page and answers on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Host {
    pub(super) program_id: ProgramId,
    pub(super) trip_id: FieldTripId,
}

/// Where the page is, once the secret is put away.
pub(super) fn page(trip_id: FieldTripId) -> String {
    format!("/hosts/{trip_id}")
}

/// Whoever holds the link of this page.
///
/// # Errors
/// `DeadLink` without one.
pub(super) async fn holder(app: &App, headers: &HeaderMap, trip_id: FieldTripId) -> Result<Host> {
    let (_, link) = held_link::held(app, headers, LinkKind::Host).await?;
    match link.program_id {
        Some(program_id) if link.object_id == trip_id.0 => Ok(Host { program_id, trip_id }),
        _ => Err(AppError::DeadLink),
    }
}

/// A fresh address of the page. For an email's `compose` only: the secret lives nowhere else.
pub(super) async fn draw(
    app: &App,
    db: &mut PgConnection,
    (program_id, trip_id): (ProgramId, FieldTripId),
    visit: &Visit,
) -> Result<String> {
    let last = visit.ends_on.saturating_add(AFTERLIFE);
    let secret = Secret::generate()?;
    let link = Link {
        kind: LinkKind::Host,
        program_id: Some(program_id),
        object_id: trip_id.0,
        expires_at: local_time::nearest_instant(&visit.time_zone, last, Time::MIDNIGHT),
    };
    links::remember(db, &secret, link, app.clock.now()).await?;
    Ok(format!("{}/host/{}", app.base_url, secret.reveal()))
}
