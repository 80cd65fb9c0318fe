//! What stays of requests about somebody who is erased: what was decided, and when.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use crate::links::{self, LinkKind};
use sqlx::PgConnection;

/// Cancels open requests, kills their links, and takes names, addresses and words out of all of them.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    sqlx::query!(
        "update pledges set words = 'Erased'
         where program_id = $1 and kind = 'own_words'
           and request_id in (select id from approval_requests where program_id = $1 and participation_id = $2)",
        program_id as ProgramId,
        me as ParticipationId
    )
    .execute(&mut *db)
    .await?;
    let requests = sqlx::query_scalar!(
        "update approval_requests
         set supervisor_name = '', supervisor_email = '', supervisor_email_folded = '', own_words = '', conditions = '',
             note = '', state = case when state in ('pending', 'conditional') then 'cancelled' else state end
         where program_id = $1 and participation_id = $2 returning id",
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_all(&mut *db)
    .await?;
    for request in requests {
        for kind in [LinkKind::Answer, LinkKind::Pledges, LinkKind::ShownProducts] {
            links::forget(&mut *db, kind, request).await?;
        }
    }
    Ok(())
}
