//! How often something may be tried. Counted in `PostgreSQL`, so that all replicas count together.
use crate::base::{
    error::{AppError, Result},
    secret::sha256,
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// What is counted, for whom, and how much of it is too much.
#[derive(Debug, Clone, Copy)]
pub struct Limit<'a> {
    pub kind: &'static str,
    /// An address, a link; only its hash is kept.
    pub subject: &'a str,
    pub most: i32,
    pub window: Duration,
}

/// Counts one use.
///
/// # Errors
/// [`AppError::TooMany`] with the seconds left, when the limit is passed.
pub async fn count(db: &mut PgConnection, limit: Limit<'_>, now: OffsetDateTime) -> Result<()> {
    let seconds = limit.window.whole_seconds().max(1);
    let start = now - Duration::seconds(now.unix_timestamp().rem_euclid(seconds));
    let start = start.replace_nanosecond(0).unwrap_or(start);
    let uses = sqlx::query_scalar!(
        "insert into limit_counters (kind, subject_hash, window_start, uses) values ($1, $2, $3, 1)
         on conflict (kind, subject_hash, window_start) do update set uses = limit_counters.uses + 1
         returning uses",
        limit.kind,
        sha256(limit.subject.as_bytes()),
        start
    )
    .fetch_one(db)
    .await?;
    if uses <= limit.most {
        return Ok(());
    }
    let left = (start + limit.window - now).whole_seconds().max(1);
    Err(AppError::TooMany(u32::try_from(left).unwrap_or(60)))
}

/// Throws away counters whose time is over.
///
/// # Errors
/// When the database does not answer.
pub async fn sweep(db: &mut PgConnection, now: OffsetDateTime) -> Result<()> {
    sqlx::query!("delete from limit_counters where window_start < $1", now - Duration::days(1)).execute(db).await?;
    Ok(())
}
