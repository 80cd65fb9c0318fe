//! The address in an email by which a supervisor answers. What it opens is with [`answers`](crate::features::answers).
use super::model::Request;
use crate::base::{error::Result, local_time, secret::Secret};
use crate::links::{self, Link, LinkKind};
use crate::web::state::App;
use sqlx::PgConnection;
use time::{Duration, Time};

/// How long after a program's last day its links still show the answer that was given.
const AFTERLIFE: Duration = Duration::days(31);

/// A fresh address where a supervisor can answer a request; those of earlier emails stay good.
/// For an email's `compose` only: the secret lives nowhere else.
pub(crate) async fn draw(app: &App, db: &mut PgConnection, request: &Request) -> Result<String> {
    let now = app.clock.now();
    let program = &request.program;
    let end = program.ends_on.saturating_add(AFTERLIFE);
    let secret = Secret::generate()?;
    let link = Link {
        kind: LinkKind::Answer,
        program_id: Some(request.program_id),
        object_id: request.id.0,
        expires_at: local_time::nearest_instant(&program.time_zone, end, Time::MIDNIGHT),
    };
    links::remember(db, &secret, link, now).await?;
    Ok(format!("{}/answer/{}", app.base_url, secret.reveal()))
}
