//! The address at which a supervisor reads what a report shares with them, without an account.
use crate::access::held_link;
use crate::base::{
    error::{AppError, Result},
    ids::{ApprovalRequestId, ProgramId},
    local_time,
    secret::Secret,
};
use crate::features::approvals::Request;
use crate::links::{self, Link, LinkKind};
use crate::web::state::App;
use axum::http::HeaderMap;
use sqlx::PgConnection;
use time::{Duration, Time};

/// How long after a program's last day the page can still be read, and after a later email at least.
const AFTERLIFE: Duration = Duration::days(31);

/// A proof: the secret of an email's link was shown. Its holder reads one page.
#[derive(Debug, Clone, Copy)]
pub(super) struct ShownTo {
    pub(super) program_id: ProgramId,
    pub(super) request_id: ApprovalRequestId,
}

/// Where the page is, once the secret is put away.
pub(super) fn page(request_id: ApprovalRequestId) -> String {
    format!("/shared-by-your-report/{request_id}")
}

/// Whoever holds the link of this page.
///
/// # Errors
/// `DeadLink` without one, `Gone` when it was revoked or its time is over.
pub(super) async fn holder(app: &App, headers: &HeaderMap, request_id: ApprovalRequestId) -> Result<ShownTo> {
    let (_, link) = held_link::held(app, headers, LinkKind::ShownProducts).await?;
    match link.program_id {
        Some(program_id) if link.object_id == request_id.0 => Ok(ShownTo { program_id, request_id }),
        _ => Err(AppError::DeadLink),
    }
}

/// A fresh address of the page. For an email's `compose` only: the secret lives nowhere else.
pub(super) async fn draw(app: &App, db: &mut PgConnection, request: &Request) -> Result<String> {
    let now = app.clock.now();
    let zone = &request.program.time_zone;
    let last = request.program.ends_on.max(local_time::day_in(zone, now)).saturating_add(AFTERLIFE);
    let secret = Secret::generate()?;
    let link = Link {
        kind: LinkKind::ShownProducts,
        program_id: Some(request.program_id),
        object_id: request.id.0,
        expires_at: local_time::nearest_instant(zone, last, Time::MIDNIGHT),
    };
    links::remember(db, &secret, link, now).await?;
    Ok(format!("{}/shared-with-you/{}", app.base_url, secret.reveal()))
}
