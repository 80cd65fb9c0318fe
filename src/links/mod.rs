//! What a secret in a link stands for. The secret itself is drawn when the email is sent
//! and lives only there; this table holds its SHA-256.
use crate::base::{error::Result, ids::ProgramId, secret::Secret};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

crate::text_enum! {
    /// What a link lets its holder do.
    pub enum LinkKind {
        /// Make the first account of an installation.
        Setup = "setup",
        /// Set a password, the first or a new one.
        Password = "password",
        /// Answer, as a supervisor, one request for approval.
        Answer = "answer",
        /// Say, as a supervisor, what became of the pledges of one request.
        Pledges = "pledges",
        /// Stop the nudges about one thing.
        Unsubscribe = "unsubscribe",
        /// Stop a change of one's address that somebody else began.
        StopEmailChange = "stop_email_change",
        /// Say, from the new address, that a change of it is meant.
        ConfirmEmailChange = "confirm_email_change",
        /// Read, as a supervisor, which products a report shares with them.
        ShownProducts = "shown_products",
        /// Read what somebody put into their portfolio.
        Portfolio = "portfolio",
        /// Answer, as the host of a trip, what its group asked.
        Host = "host",
        /// Subscribe to one person's calendar.
        CalendarFeed = "calendar_feed",
        /// Say, as one member of a group, when they can meet.
        Poll = "poll",
        /// Answer a pulse, once.
        Pulse = "pulse",
        /// Say, as one member of a group, whether a meeting took place.
        Met = "met",
    }
}

impl LinkKind {
    /// Whether a link that has ended says so. The others cannot be told from links that never were.
    const fn says_that_it_ended(self) -> bool {
        matches!(self, Self::ShownProducts | Self::Portfolio | Self::CalendarFeed)
    }
}

/// A link as its table knows it.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    pub kind: LinkKind,
    pub program_id: Option<ProgramId>,
    /// The person or the request it is about.
    pub object_id: Uuid,
    pub expires_at: OffsetDateTime,
}

/// Keeps the hash of a link's secret.
///
/// # Errors
/// When the database does not answer.
pub async fn remember(db: &mut PgConnection, secret: &Secret, link: Link, now: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        "insert into link_secrets (secret_hash, kind, program_id, object_id, made_at, expires_at)
         values ($1, $2, $3, $4, $5, $6)",
        secret.hash(),
        link.kind as LinkKind,
        link.program_id.map(|id| id.0),
        link.object_id,
        now,
        link.expires_at
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a secret stands for, while it is in force.
///
/// # Errors
/// When the database does not answer.
pub async fn find(db: &mut PgConnection, secret: &Secret, kind: LinkKind, now: OffsetDateTime) -> Result<Option<Link>> {
    Ok(sqlx::query_as!(
        Link,
        r#"select kind as "kind: LinkKind", program_id as "program_id: ProgramId", object_id, expires_at
           from link_secrets where secret_hash = $1 and kind = $2 and expires_at > $3 and revoked_at is null"#,
        secret.hash(),
        kind as LinkKind,
        now
    )
    .fetch_optional(db)
    .await?)
}

/// Whether a secret stood for a page that is shared no longer, of a kind that says so.
///
/// # Errors
/// When the database does not answer.
pub async fn has_ended(db: &mut PgConnection, secret: &Secret, kind: LinkKind, now: OffsetDateTime) -> Result<bool> {
    if !kind.says_that_it_ended() {
        return Ok(false);
    }
    Ok(sqlx::query_scalar!(
        r#"select exists (select from link_secrets where secret_hash = $1 and kind = $2
                            and (expires_at <= $3 or revoked_at is not null)) as "ended!""#,
        secret.hash(),
        kind as LinkKind,
        now
    )
    .fetch_one(db)
    .await?)
}

/// Until when the newest link of a kind to one object is in force, if one is.
///
/// # Errors
/// When the database does not answer.
pub async fn in_force(
    db: &mut PgConnection,
    kind: LinkKind,
    object_id: Uuid,
    now: OffsetDateTime,
) -> Result<Option<OffsetDateTime>> {
    Ok(sqlx::query_scalar!(
        r#"select max(expires_at) as "until?" from link_secrets
           where object_id = $1 and kind = $2 and expires_at > $3 and revoked_at is null"#,
        object_id,
        kind as LinkKind,
        now
    )
    .fetch_one(db)
    .await?)
}

/// Ends every link of a kind to one object; they are known as ended from then on.
///
/// # Errors
/// When the database does not answer.
pub async fn revoke(db: &mut PgConnection, kind: LinkKind, object_id: Uuid, now: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        "update link_secrets set revoked_at = $3 where object_id = $1 and kind = $2 and revoked_at is null",
        object_id,
        kind as LinkKind,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Kills every link of a kind to one object.
///
/// # Errors
/// When the database does not answer.
pub async fn forget(db: &mut PgConnection, kind: LinkKind, object_id: Uuid) -> Result<()> {
    sqlx::query!("delete from link_secrets where object_id = $1 and kind = $2", object_id, kind as LinkKind)
        .execute(db)
        .await?;
    Ok(())
}

/// The same for many objects.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_all(db: &mut PgConnection, kind: LinkKind, object_ids: &[Uuid]) -> Result<()> {
    sqlx::query!("delete from link_secrets where object_id = any($1) and kind = $2", object_ids, kind as LinkKind)
        .execute(db)
        .await?;
    Ok(())
}

/// Uses a link up: of several who try at once, one gets it.
///
/// # Errors
/// When the database does not answer.
pub async fn take(db: &mut PgConnection, secret: &Secret, kind: LinkKind, now: OffsetDateTime) -> Result<Option<Link>> {
    Ok(sqlx::query_as!(
        Link,
        r#"delete from link_secrets where secret_hash = $1 and kind = $2 and expires_at > $3 and revoked_at is null
           returning kind as "kind: LinkKind", program_id as "program_id: ProgramId", object_id, expires_at"#,
        secret.hash(),
        kind as LinkKind,
        now
    )
    .fetch_optional(db)
    .await?)
}
