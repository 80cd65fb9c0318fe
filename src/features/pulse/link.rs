//! The address at which somebody who was invited answers, without signing in.
use super::queries::{self, Invitation, Which};
use crate::access::held_link;
use crate::base::{
    error::{AppError, Result},
    ids::{ProgramId, PulseInvitationId},
    local_time,
    secret::Secret,
};
use crate::links::{self, Link, LinkKind};
use crate::web::state::App;
use axum::http::HeaderMap;
use sqlx::PgConnection;
use time::{Duration, Time};

/// How long after the last day the page still says what became of it.
const AFTERLIFE: Duration = Duration::days(14);

/// A proof: the secret of an email's link was shown, and whoever it was sent to is not erased.
#[derive(Debug)]
pub(super) struct InvitationHolder {
    pub(super) program_id: ProgramId,
    pub(super) id: PulseInvitationId,
}

/// Where the page is, once the secret is put away.
pub(super) fn page(id: PulseInvitationId) -> String {
    format!("/pulse-answers/{id}")
}

/// Whoever holds the link of this page, and their invitation.
///
/// # Errors
/// `DeadLink` without one.
pub(super) async fn holder(
    app: &App,
    headers: &HeaderMap,
    id: PulseInvitationId,
) -> Result<(InvitationHolder, Invitation)> {
    let (_, link) = held_link::held(app, headers, LinkKind::Pulse).await?;
    let program_id = link.program_id.filter(|_| link.object_id == id.0).ok_or(AppError::DeadLink)?;
    let mut db = app.db.acquire().await?;
    let invitation = queries::invitation(&mut db, program_id, Which::One(id)).await?.ok_or(AppError::DeadLink)?;
    Ok((InvitationHolder { program_id, id }, invitation))
}

/// A fresh address of the page. For an email's `compose` only: the secret lives nowhere else.
pub(super) async fn draw(app: &App, db: &mut PgConnection, to: &Invitation) -> Result<String> {
    let secret = Secret::generate()?;
    let last = to.last_day.saturating_add(AFTERLIFE);
    let link = Link {
        kind: LinkKind::Pulse,
        program_id: Some(to.program_id),
        object_id: to.id.0,
        expires_at: local_time::nearest_instant(&to.zone, last, Time::MIDNIGHT),
    };
    links::remember(db, &secret, link, app.clock.now()).await?;
    Ok(format!("{}/pulse/{}", app.base_url, secret.reveal()))
}
