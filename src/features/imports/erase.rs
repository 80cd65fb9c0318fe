//! What stays in lists of somebody who is erased: nothing.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Deletes what coordinators entered about somebody, and takes their lines out of the lists that are still kept.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    let addresses = sqlx::query_scalar!(
        "delete from import_entries where program_id = $1 and participation_id = $2 returning email_folded",
        program_id as ProgramId,
        me as ParticipationId
    )
    .fetch_all(&mut *db)
    .await?;
    for address in addresses {
        // A refused line is kept as it was typed, so the address may stand in any of its cells.
        sqlx::query!(
            "update imports
             set lines = (select coalesce(jsonb_agg(e order by n), '[]')
                          from jsonb_array_elements(lines) with ordinality x (e, n) where strpos(lower(e::text), $2) = 0),
                 refused = jsonb_set(refused, '{rows}',
                                     (select coalesce(jsonb_agg(e order by n), '[]')
                                      from jsonb_array_elements(refused -> 'rows') with ordinality x (e, n)
                                      where strpos(lower(e::text), $2) = 0)),
                 steps = (select coalesce(jsonb_agg(e order by n), '[]')
                          from jsonb_array_elements(steps) with ordinality x (e, n) where strpos(lower(e::text), $2) = 0)
             where program_id = $1",
            program_id as ProgramId,
            address
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}
