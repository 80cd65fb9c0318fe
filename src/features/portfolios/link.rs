//! The address at which anybody reads what somebody put into their portfolio. Its secret is shown once, to its owner.
use crate::access::held_link;
use crate::base::{
    error::{AppError, Result},
    ids::{ParticipationId, ProgramId},
    local_time,
    secret::Secret,
};
use crate::links::{self, Link, LinkKind};
use crate::web::state::App;
use axum::http::HeaderMap;
use sqlx::PgConnection;
use time::{Date, Duration, Time};

/// A proof: the secret of a portfolio's link was shown. Its holder reads what is ticked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader {
    pub(super) program_id: ProgramId,
    pub(super) owner_id: ParticipationId,
}

/// Where the page is, once the secret is put away.
pub(super) fn page(owner_id: ParticipationId) -> String {
    format!("/portfolios/{owner_id}")
}

/// Whoever holds the link of this page.
///
/// # Errors
/// `DeadLink` without one, `Gone` when it was ended or its time is over.
pub(super) async fn reader(app: &App, headers: &HeaderMap, owner_id: ParticipationId) -> Result<Reader> {
    let (_, link) = held_link::held(app, headers, LinkKind::Portfolio).await?;
    match link.program_id {
        Some(program_id) if link.object_id == owner_id.0 => Ok(Reader { program_id, owner_id }),
        _ => Err(AppError::DeadLink),
    }
}

/// A fresh address that is in force until a day, that day included. Whoever calls it shows it once.
pub(super) async fn draw(
    app: &App,
    db: &mut PgConnection,
    (program_id, owner_id): (ProgramId, ParticipationId),
    (last_day, zone): (Date, &str),
) -> Result<String> {
    let secret = Secret::generate()?;
    let after = last_day.saturating_add(Duration::days(1));
    let link = Link {
        kind: LinkKind::Portfolio,
        program_id: Some(program_id),
        object_id: owner_id.0,
        expires_at: local_time::nearest_instant(zone, after, Time::MIDNIGHT),
    };
    links::remember(db, &secret, link, app.clock.now()).await?;
    Ok(format!("{}/portfolio/{}", app.base_url, secret.reveal()))
}
