//! People as the archive file holds them. A file gives nobody a password or a right.
use crate::base::{error::Result, ids::PersonId, portable::Key, text};
use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Someone whom the rest of the file names.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub key: Key<PersonId>,
    pub name: String,
    pub email: String,
    /// IANA name.
    pub time_zone: String,
}

/// What a new person gets besides; never from a file.
#[derive(Debug, Clone, Default)]
pub struct Given {
    pub site_admin: bool,
    pub may_create_programs: bool,
    pub password_hash: Option<String>,
}

/// Adds a person, and returns their id. Someone who is here already, by id or by address, stays
/// as they are: their own id is returned.
///
/// # Errors
/// When the database does not answer or refuses the name or address.
pub async fn insert(
    db: &mut PgConnection,
    id: PersonId,
    person: &Person,
    given: &Given,
    now: OffsetDateTime,
) -> Result<PersonId> {
    let folded = text::fold_email(&person.email);
    sqlx::query!(
        "insert into people (id, name, email, email_folded, time_zone, site_admin, may_create_programs,
            password_hash, created_at, sort_name)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing",
        id as PersonId,
        person.name,
        person.email,
        folded,
        person.time_zone,
        given.site_admin,
        given.may_create_programs,
        given.password_hash,
        now,
        text::fold_name(&person.name)
    )
    .execute(&mut *db)
    .await?;
    Ok(sqlx::query_scalar!(
        r#"select id as "id: PersonId" from people where email_folded = $1 or id = $2
           order by email_folded = $1 desc limit 1"#,
        folded,
        id as PersonId
    )
    .fetch_one(db)
    .await?)
}
