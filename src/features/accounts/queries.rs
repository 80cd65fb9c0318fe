//! Every statement that writes `people` and `sign_in_sessions`.
use crate::base::{error::Result, ids::PersonId, secret::Secret, text};
use crate::links::{self, Link, LinkKind};
use crate::mail::Mailbox;
use crate::web::state::App;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// The person with this address, made when there is none. A person who is there stays as they are.
///
/// # Errors
/// When the database does not answer.
pub async fn find_or_add(
    db: &mut PgConnection,
    who: &Mailbox,
    time_zone: &str,
    now: OffsetDateTime,
) -> Result<PersonId> {
    let folded = text::fold_email(&who.email);
    let id = PersonId::generate();
    sqlx::query!(
        "insert into people (id, name, email, email_folded, time_zone, created_at) values ($1, $2, $3, $4, $5, $6)
         on conflict on constraint an_email_belongs_to_one_person do nothing",
        id as PersonId,
        who.name,
        who.email,
        folded,
        time_zone,
        now
    )
    .execute(&mut *db)
    .await?;
    Ok(sqlx::query_scalar!(r#"select id as "id: PersonId" from people where email_folded = $1"#, folded)
        .fetch_one(db)
        .await?)
}

/// Whether a person has set a password.
///
/// # Errors
/// When the database does not answer.
pub async fn has_account(db: &mut PgConnection, id: PersonId) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"select password_hash is not null as "has!" from people where id = $1"#, id as PersonId)
        .fetch_one(db)
        .await?)
}

/// A fresh address where this person, and whoever else holds it, can set their password.
/// For an email's `compose` only: the secret lives nowhere else.
///
/// # Errors
/// When the database does not answer.
pub async fn password_link(app: &App, db: &mut PgConnection, id: PersonId, lives: Duration) -> Result<String> {
    let now = app.clock.now();
    let secret = Secret::generate()?;
    let link = Link { kind: LinkKind::Password, program_id: None, object_id: id.0, expires_at: now + lives };
    links::remember(db, &secret, link, now).await?;
    Ok(format!("{}/password/{}", app.base_url, secret.reveal()))
}
