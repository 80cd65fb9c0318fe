//! Nothing stays of notes when one of the two is erased.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Deletes the notes that one person took, and those about them.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    crate::each_of_person!(db, program_id, me;
        "delete from observation_note_texts n
         where n.program_id = $1 and n.trip_id in (select f.id from field_trips f
                                                   where f.program_id = $1 and $2 in (f.observer_id, f.observed_id))",
        "delete from observation_notes n
         where n.program_id = $1 and n.trip_id in (select f.id from field_trips f
                                                   where f.program_id = $1 and $2 in (f.observer_id, f.observed_id))",
    );
    Ok(())
}
