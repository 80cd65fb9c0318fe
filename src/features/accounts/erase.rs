//! What stays of a person who is erased: a row that others' things can refer to.
use crate::base::{error::Result, ids::PersonId, text};
use crate::links::{self, LinkKind};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Whether an address stands for somebody who was erased. It cannot receive anything.
#[must_use]
pub fn is_former(email: &str) -> bool {
    email.starts_with("erased+") && email.ends_with("@invalid")
}

/// A person as an erasure finds them.
#[derive(Debug)]
pub struct Account {
    pub name: String,
    pub email: String,
    /// Nobody else looks after this installation's accounts.
    pub only_site_admin: bool,
}

/// The account; `None` for nobody, and for somebody who was erased. With `lock`, it is this
/// transaction's, and so are those of all site admins.
///
/// # Errors
/// When the database does not answer.
pub async fn account(db: &mut PgConnection, id: PersonId, lock: bool) -> Result<Option<Account>> {
    if lock {
        sqlx::query_scalar!("select id from people where site_admin or id = $1 order by id for update", id as PersonId)
            .fetch_all(&mut *db)
            .await?;
    }
    let found = sqlx::query_as!(
        Account,
        r#"select name, email,
                  site_admin and not exists (select from people o where o.site_admin and o.id <> p.id) as "only_site_admin!"
           from people p where id = $1"#,
        id as PersonId
    )
    .fetch_optional(db)
    .await?;
    Ok(found.filter(|account| !is_former(&account.email)))
}

/// Replaces the person by "A former peer", and ends every sign-in and link.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, id: PersonId, now: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        "update people set name = $2, sort_name = $3, renamed_at = $4, email = 'erased+' || id || '@invalid',
                email_folded = 'erased+' || id || '@invalid', time_zone = 'UTC', site_admin = false,
                may_create_programs = false, password_hash = null
         where id = $1",
        id as PersonId,
        text::FORMER_PEER,
        text::fold_name(text::FORMER_PEER),
        now
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("delete from sign_in_sessions where person_id = $1", id as PersonId).execute(&mut *db).await?;
    links::forget(db, LinkKind::Password, id.0).await
}
