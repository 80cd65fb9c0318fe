//! What stays of somebody's trips when they are erased: that they took place.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Cancels observations to come, takes one person off trips to come, and empties what was written of them.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    crate::each_of_person!(db, program_id, me;
        "update field_trips set purpose = 'Erased', questions = '', learned = '', to_try = ''
         where program_id = $1 and observed_id = $2",
        "update field_trips set state = 'cancelled'
         where program_id = $1 and (observed_id = $2 or observer_id = $2)
           and state in ('planned', 'confirmed', 'postponed')",
        "delete from trip_goers
         where program_id = $1 and participation_id = $2
           and trip_id in (select id from field_trips
                           where program_id = $1 and state in ('planned', 'confirmed', 'postponed', 'cancelled'))",
    );
    Ok(())
}
