//! Nothing stays of what somebody needed, nor of what others needed on a trip that ends with them.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Deletes what one person needed on trips, and all needs of trips that were called off because they are erased.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    crate::each_of_person!(db, program_id, me;
        "delete from access_needs n
         where n.program_id = $1
           and (n.participation_id = $2
                or n.trip_id in (select f.id from field_trips f
                                 where f.program_id = $1 and f.state = 'cancelled' and $2 in (f.observer_id, f.observed_id)))",
    );
    Ok(())
}
