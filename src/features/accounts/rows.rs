//! People as the archive file holds them: who they are, and how they are reached. A file gives nobody a password
//! or a right.
use crate::base::{error::Result, ids::PersonId, text};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Somebody whom a row names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub id: PersonId,
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

/// People by id, in the order of their ids.
///
/// # Errors
/// When the database does not answer.
pub async fn read(db: &mut PgConnection, ids: &[PersonId]) -> Result<Vec<Person>> {
    Ok(sqlx::query_as!(
        Person,
        r#"select id as "id: PersonId", name, email, time_zone from people where id = any($1) order by id"#,
        ids as &[PersonId]
    )
    .fetch_all(db)
    .await?)
}

/// Finds somebody by their address, or adds them; returns the id they have here. Who is here already stays as they
/// are. Where somebody else has the id that the file gives, the newcomer gets another.
///
/// # Errors
/// When the database does not answer or refuses the name or address.
pub async fn meet(db: &mut PgConnection, person: &Person, given: &Given, now: OffsetDateTime) -> Result<PersonId> {
    let folded = text::fold_email(&person.email);
    let others = sqlx::query_scalar!(
        r#"select exists (select from people where id = $1 and email_folded <> $2) as "taken!""#,
        person.id as PersonId,
        folded
    )
    .fetch_one(&mut *db)
    .await?;
    let id = if others { PersonId::generate() } else { person.id };
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
    Ok(sqlx::query_scalar!(r#"select id as "id: PersonId" from people where email_folded = $1"#, folded)
        .fetch_one(db)
        .await?)
}
