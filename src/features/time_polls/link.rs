//! The address at which a member says when they can meet, without signing in.
use super::{
    model::PollSlot,
    queries::{self, Asked},
};
use crate::access::held_link;
use crate::base::{
    error::{AppError, Result},
    ids::TimePollAskId,
    secret::Secret,
};
use crate::links::{self, Link, LinkKind};
use crate::web::state::App;
use axum::http::HeaderMap;
use sqlx::PgConnection;
use time::Duration;

/// How long after the last of the times the page still says what became of them.
const AFTERLIFE: Duration = Duration::days(14);

/// A proof: the secret of an email's link was shown, and who got it is still an open member of the group.
#[derive(Debug)]
pub(super) struct PollHolder {
    asked: Asked,
}

impl PollHolder {
    pub(super) const fn asked(&self) -> &Asked {
        &self.asked
    }
}

/// Where the page is, once the secret is put away.
pub(super) fn page(id: TimePollAskId) -> String {
    format!("/polls/{id}")
}

/// Whoever holds the link of this page.
///
/// # Errors
/// `DeadLink` without one, or when they take no part in the group any more.
pub(super) async fn holder(app: &App, headers: &HeaderMap, id: TimePollAskId) -> Result<PollHolder> {
    let (_, link) = held_link::held(app, headers, LinkKind::Poll).await?;
    let program_id = link.program_id.filter(|_| link.object_id == id.0).ok_or(AppError::DeadLink)?;
    let mut db = app.db.acquire().await?;
    let asked = queries::asked(&mut db, program_id, id).await?.ok_or(AppError::DeadLink)?;
    Ok(PollHolder { asked })
}

/// A fresh address of the page. For an email's `compose` only: the secret lives nowhere else.
pub(super) async fn draw(
    app: &App,
    db: &mut PgConnection,
    (asked, id): (&Asked, TimePollAskId),
    slots: &[PollSlot],
) -> Result<String> {
    let now = app.clock.now();
    let last = slots.iter().map(|slot| slot.starts_at).max().unwrap_or(now);
    let secret = Secret::generate()?;
    let link = Link {
        kind: LinkKind::Poll,
        program_id: Some(asked.program_id),
        object_id: id.0,
        expires_at: last + AFTERLIFE,
    };
    links::remember(db, &secret, link, now).await?;
    Ok(format!("{}/when/{}", app.base_url, secret.reveal()))
}
