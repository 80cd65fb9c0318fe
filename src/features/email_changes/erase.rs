//! What stays of somebody's changes of address when they are erased: nothing.
use super::queries;
use crate::base::{error::Result, ids::PersonId};
use crate::links::{self, LinkKind};
use sqlx::PgConnection;

/// Deletes every change, and kills the links of the one that is going on.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, id: PersonId) -> Result<()> {
    if let Some(change) = queries::open_change(db, id).await? {
        for kind in [LinkKind::ConfirmEmailChange, LinkKind::StopEmailChange] {
            links::forget(&mut *db, kind, change.id.0).await?;
        }
    }
    sqlx::query!("delete from email_changes where person_id = $1", id as PersonId).execute(db).await?;
    Ok(())
}
