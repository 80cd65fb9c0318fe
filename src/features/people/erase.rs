//! What stays of somebody's part in a program when they are erased: that somebody took part, and until when.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::Date;

/// Empties the profile and ends the part; `true` when it had not ended before.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId, today: Date) -> Result<bool> {
    // What others wrote about somebody who is gone is of no use to them either.
    crate::each_of_person!(db, program_id, me;
        "delete from availability where program_id = $1 and participation_id = $2",
        "delete from not_with where program_id = $1 and (participation_id = $2 or other_id = $2)",
        "delete from participation_themes where program_id = $1 and participation_id = $2",
        "update participations
         set title = '', wants = '', offers = '', site = '', department = '', supervisor_name = '',
             supervisor_email = '', paused_from = null, paused_until = null
         where program_id = $1 and id = $2",
    );
    let left = sqlx::query!(
        "update participations set state = 'withdrawn', ended_on = $3
         where program_id = $1 and id = $2 and state in ('invited', 'joined', 'on_hold')",
        program_id as ProgramId,
        me as ParticipationId,
        today
    )
    .execute(db)
    .await?;
    Ok(left.rows_affected() == 1)
}
