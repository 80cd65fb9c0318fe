//! Every statement that writes `email_changes`.
use super::model::{AskedBy, Change, Ended};
use crate::base::{
    error::Result,
    ids::{EmailChangeId, PersonId},
    secret::Secret,
};
use crate::links::{self, Link, LinkKind};
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Whose address it is.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) password_hash: Option<String>,
}

/// The account, locked for this transaction; `None` for nobody, and for somebody who was erased.
pub(super) async fn account(db: &mut PgConnection, id: PersonId) -> Result<Option<Account>> {
    Ok(sqlx::query_as!(
        Account,
        "select name, email, password_hash from people
         where id = $1 and id not in (select person_id from erasures) for update",
        id as PersonId
    )
    .fetch_optional(db)
    .await?)
}

pub(super) async fn change(db: &mut PgConnection, id: EmailChangeId) -> Result<Option<Change>> {
    Ok(sqlx::query_as!(
        Change,
        r#"select id as "id: EmailChangeId", person_id as "person_id: PersonId", old_email, new_email,
                  asked_by as "asked_by: AskedBy", due_at, outcome as "outcome: Ended"
           from email_changes where id = $1"#,
        id as EmailChangeId
    )
    .fetch_optional(db)
    .await?)
}

/// The change of a person that is going on.
pub(super) async fn open_change(db: &mut PgConnection, id: PersonId) -> Result<Option<Change>> {
    Ok(sqlx::query_as!(
        Change,
        r#"select id as "id: EmailChangeId", person_id as "person_id: PersonId", old_email, new_email,
                  asked_by as "asked_by: AskedBy", due_at, outcome as "outcome: Ended"
           from email_changes where person_id = $1 and ended_at is null"#,
        id as PersonId
    )
    .fetch_optional(db)
    .await?)
}

/// Changes whose time has come, the oldest first.
pub(super) async fn due(db: &mut PgConnection, now: OffsetDateTime) -> Result<Vec<Change>> {
    Ok(sqlx::query_as!(
        Change,
        r#"select id as "id: EmailChangeId", person_id as "person_id: PersonId", old_email, new_email,
                  asked_by as "asked_by: AskedBy", due_at, outcome as "outcome: Ended"
           from email_changes where ended_at is null and due_at <= $1 order by due_at, id limit 100"#,
        now
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn insert(db: &mut PgConnection, new: &Change, now: OffsetDateTime) -> Result<()> {
    sqlx::query!(
        "insert into email_changes (id, person_id, old_email, new_email, asked_by, asked_at, due_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        new.id as EmailChangeId,
        new.person_id as PersonId,
        new.old_email,
        new.new_email,
        new.asked_by as AskedBy,
        now,
        new.due_at
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Ends a change and kills its links; `false` when it had ended before.
pub(super) async fn end(db: &mut PgConnection, id: EmailChangeId, how: Ended, now: OffsetDateTime) -> Result<bool> {
    let done = sqlx::query!(
        "update email_changes set outcome = $2, ended_at = $3 where id = $1 and ended_at is null",
        id as EmailChangeId,
        how as Ended,
        now
    )
    .execute(&mut *db)
    .await?;
    for kind in [LinkKind::ConfirmEmailChange, LinkKind::StopEmailChange] {
        links::forget(&mut *db, kind, id.0).await?;
    }
    Ok(done.rows_affected() == 1)
}

/// A fresh link to a change, in force until the change is due. For an email's `compose` only.
pub(super) async fn link(app: &App, db: &mut PgConnection, change: &Change, kind: LinkKind) -> Result<String> {
    let secret = Secret::generate()?;
    let link = Link { kind, program_id: None, object_id: change.id.0, expires_at: change.due_at };
    links::remember(db, &secret, link, app.clock.now()).await?;
    let page = if kind == LinkKind::ConfirmEmailChange { "confirm-email" } else { "stop-email" };
    Ok(format!("{}/{page}/{}", app.base_url, secret.reveal()))
}
