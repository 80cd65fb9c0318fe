//! The address at which a member says whether their group met, without signing in.
use super::queries::{self, Asked};
use crate::access::held_link;
use crate::base::{
    error::{AppError, Result},
    ids::MeetingAskId,
    secret::Secret,
};
use crate::features::meetings::GroupKey;
use crate::links::{self, Link, LinkKind};
use crate::web::state::App;
use axum::http::HeaderMap;
use sqlx::PgConnection;
use time::Duration;

/// How long a link still says what was answered.
const LIFE: Duration = Duration::days(30);

/// A proof: the secret of an email's link was shown, and who got it is an open member who was there on the day.
#[derive(Debug)]
pub(super) struct AskHolder {
    asked: Asked,
}

impl AskHolder {
    pub(super) const fn asked(&self) -> &Asked {
        &self.asked
    }
    pub(super) const fn group(&self) -> GroupKey {
        GroupKey { program_id: self.asked.program_id, group_id: self.asked.group_id }
    }
}

/// Where the page is, once the secret is put away.
pub(super) fn page(id: MeetingAskId) -> String {
    format!("/did-you-meet/{id}")
}

/// Whoever holds the link of this page.
///
/// # Errors
/// `DeadLink` without one, or when they take no part in the group any more.
pub(super) async fn holder(app: &App, headers: &HeaderMap, id: MeetingAskId) -> Result<AskHolder> {
    let (_, link) = held_link::held(app, headers, LinkKind::Met).await?;
    let program_id = link.program_id.filter(|_| link.object_id == id.0).ok_or(AppError::DeadLink)?;
    let mut db = app.db.acquire().await?;
    let asked = queries::asked(&mut db, program_id, id).await?.ok_or(AppError::DeadLink)?;
    Ok(AskHolder { asked })
}

/// A fresh address of the page. For an email's `compose` only: the secret lives nowhere else.
pub(super) async fn draw(app: &App, db: &mut PgConnection, asked: &Asked, id: MeetingAskId) -> Result<String> {
    let now = app.clock.now();
    let secret = Secret::generate()?;
    let link =
        Link { kind: LinkKind::Met, program_id: Some(asked.program_id), object_id: id.0, expires_at: now + LIFE };
    links::remember(db, &secret, link, now).await?;
    Ok(format!("{}/met/{}", app.base_url, secret.reveal()))
}
