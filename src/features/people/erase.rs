//! What stays of somebody's part in a program when they are erased: that somebody took part, and until when.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::Date;

/// Empties what the list says of them and ends the part; `true` when it had not ended before.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId, today: Date) -> Result<bool> {
    crate::each_of_person!(db, program_id, me;
        "update participations
         set title = '', sort_name = '', wants = '', offers = '', site = '', department = '', supervisor_name = '',
             supervisor_email = '', completion_line = '', paused_from = null, paused_until = null
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
