//! Emails to send. A row is written in the transaction of the command that causes it, so
//! neither exists without the other; the worker leases it, sends it, and keeps what became of it.
use crate::base::{
    error::{AppError, Result},
    ids::{EmailId, ProgramId},
};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// One kind of email: what must be known to write it. Ids only: the words are looked up when
/// it is sent, and are then as true as they can be.
pub trait Letter: Serialize + DeserializeOwned + Send {
    /// Stored in the table: never change it for a letter that may be waiting.
    const KIND: &'static str;

    /// The one thing whose page shows what became of this letter, if there is one.
    fn about(&self) -> Option<Uuid> {
        None
    }
}

/// When and how often a letter goes out.
#[derive(Debug, Clone)]
pub struct Posting {
    pub program_id: Option<ProgramId>,
    pub due_at: OffsetDateTime,
    /// A letter with a key that was used before is not enqueued again.
    pub key: Option<String>,
}

/// Puts a letter into the outbox; `false` when its key was used before.
///
/// # Errors
/// When the database does not answer.
pub async fn enqueue<L: Letter>(db: &mut PgConnection, letter: &L, posting: Posting) -> Result<bool> {
    let payload = serde_json::to_value(letter).map_err(AppError::internal)?;
    let done = sqlx::query!(
        "insert into outbox (id, program_id, kind, payload, idempotency_key, due_at, about_id)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict on constraint an_email_is_enqueued_once do nothing",
        EmailId::generate() as EmailId,
        posting.program_id.map(|id| id.0),
        L::KIND,
        payload,
        posting.key,
        posting.due_at,
        letter.about()
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Puts many letters of one kind into the outbox, each with its key; those whose key was used before are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn enqueue_all<L: Letter>(
    db: &mut PgConnection,
    letters: &[(L, String)],
    program_id: Option<ProgramId>,
    due_at: OffsetDateTime,
) -> Result<()> {
    let ids: Vec<EmailId> = letters.iter().map(|_| EmailId::generate()).collect();
    let keys: Vec<String> = letters.iter().map(|(_, key)| key.clone()).collect();
    let about: Vec<Option<Uuid>> = letters.iter().map(|(letter, _)| letter.about()).collect();
    let payloads: Vec<serde_json::Value> = letters
        .iter()
        .map(|(letter, _)| serde_json::to_value(letter))
        .collect::<std::result::Result<_, _>>()
        .map_err(AppError::internal)?;
    sqlx::query!(
        "insert into outbox (id, program_id, kind, payload, idempotency_key, due_at, about_id)
         select new.id, $4, $5, new.payload, new.key, $6, new.about_id
         from unnest($1::uuid[], $2::jsonb[], $3::text[], $7::uuid[]) as new (id, payload, key, about_id)
         on conflict on constraint an_email_is_enqueued_once do nothing",
        &ids as &[EmailId],
        &payloads,
        &keys,
        program_id.map(|id| id.0),
        L::KIND,
        due_at,
        &about as &[Option<Uuid>]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A letter that this worker alone may send until its lease ends.
#[derive(Debug)]
pub struct Leased {
    pub id: EmailId,
    pub kind: String,
    pub payload: serde_json::Value,
    pub attempts: i32,
}

impl Leased {
    /// What the letter is about.
    ///
    /// # Errors
    /// When the row was written by a version that knew the letter otherwise.
    pub fn read<L: Letter>(&self) -> Result<L> {
        serde_json::from_value(self.payload.clone()).map_err(AppError::internal)
    }
}

/// Longer than any try lasts ([`LONGEST_TRY`]), and short enough that a letter on its way when its process was
/// killed is not late.
const LEASE: Duration = Duration::seconds(75);
/// After so long a try counts as failed.
pub const LONGEST_TRY: std::time::Duration = std::time::Duration::from_mins(1);
/// After this many tries a letter is given up, visibly.
pub const TRIES: i32 = 8;

/// Takes one due letter for a few minutes. No transaction stays open while it is sent.
///
/// # Errors
/// When the database does not answer.
pub async fn lease(db: &mut PgConnection, now: OffsetDateTime) -> Result<Option<Leased>> {
    Ok(sqlx::query_as!(
        Leased,
        r#"update outbox set leased_until = $2, attempts = attempts + 1
           where id = (select id from outbox
                       where finished_at is null and due_at <= $1
                         and (leased_until is null or leased_until < $1)
                       order by due_at, id for update skip locked limit 1)
           returning id as "id: EmailId", kind, payload, attempts"#,
        now,
        now + LEASE
    )
    .fetch_optional(db)
    .await?)
}

/// How a try ended.
#[derive(Debug)]
pub enum Tried {
    Sent,
    /// What it would say is no longer so.
    NotNeeded,
    /// With the server's words.
    Failed(String),
    /// Refused for good, with the server's words: trying again would change nothing.
    Refused(String),
    /// Not tried: its reader sleeps until then.
    TooEarly(OffsetDateTime),
}

/// Writes down how a try ended; a failed letter waits longer each time, with jitter from its id.
///
/// # Errors
/// When the database does not answer.
pub async fn settle(db: &mut PgConnection, letter: &Leased, tried: Tried, now: OffsetDateTime) -> Result<()> {
    let outcome = match &tried {
        Tried::Sent => Some("sent"),
        Tried::NotNeeded => Some("not_needed"),
        Tried::Failed(_) if letter.attempts >= TRIES => Some("given_up"),
        Tried::Refused(_) => Some("refused"),
        Tried::Failed(_) | Tried::TooEarly(_) => None,
    };
    let due_at = match &tried {
        Tried::TooEarly(until) => *until,
        _ => now + wait(letter),
    };
    // Waiting for the morning is no try.
    let attempts = if matches!(tried, Tried::TooEarly(_)) { letter.attempts - 1 } else { letter.attempts };
    let error = match tried {
        Tried::Failed(why) | Tried::Refused(why) => Some(why),
        Tried::Sent | Tried::NotNeeded | Tried::TooEarly(_) => None,
    };
    sqlx::query!(
        "update outbox set leased_until = null, outcome = $2, last_error = coalesce($3, last_error),
                finished_at = case when $2::text is null then null else $4::timestamptz end,
                due_at = case when $2::text is null then $5 else due_at end, attempts = $6
         where id = $1",
        letter.id as EmailId,
        outcome,
        error,
        now,
        due_at,
        attempts
    )
    .execute(db)
    .await?;
    Ok(())
}

fn wait(letter: &Leased) -> Duration {
    let doubled = Duration::seconds(30) * 2_i32.pow(letter.attempts.clamp(0, 10).unsigned_abs());
    doubled + Duration::seconds(i64::from(letter.id.0.as_bytes()[15] % 30))
}

/// Whether another letter that has one of these keys follows this one by then.
///
/// # Errors
/// When the database does not answer.
pub async fn is_followed(db: &mut PgConnection, letter: &Leased, keys: &[String], by: OffsetDateTime) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from outbox o join outbox mine on mine.id = $1
                          where o.idempotency_key = any ($2) and o.finished_at is null and o.due_at <= $3
                            and (o.due_at, o.id) > (mine.due_at, mine.id)) as "followed!""#,
        letter.id as EmailId,
        keys,
        by
    )
    .fetch_one(db)
    .await?)
}

/// Why the newest letter of a kind about one thing did not arrive: the server's last words. `None` when it may have.
///
/// # Errors
/// When the database does not answer.
pub async fn did_not_arrive(db: &mut PgConnection, kind: &str, about: Uuid) -> Result<Option<String>> {
    let newest = sqlx::query!(
        "select outcome, last_error from outbox where about_id = $1 and kind = $2 order by id desc limit 1",
        about,
        kind
    )
    .fetch_optional(db)
    .await?;
    let lost = newest.filter(|letter| matches!(letter.outcome.as_deref(), Some("given_up" | "refused")));
    Ok(lost.map(|letter| letter.last_error.unwrap_or_else(|| "no reason".to_owned())))
}

/// How many letters wait past their time, and since when the oldest does.
///
/// # Errors
/// When the database does not answer.
pub async fn oldest_due(db: &mut PgConnection, now: OffsetDateTime) -> Result<Option<OffsetDateTime>> {
    Ok(sqlx::query_scalar!(
        "select due_at from outbox where finished_at is null and due_at <= $1 order by due_at, id limit 1",
        now
    )
    .fetch_optional(db)
    .await?)
}
