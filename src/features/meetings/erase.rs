//! What stays of somebody in meetings when they are erased: that so many people met.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Frees the roles one person has in meetings to come; those that took place keep their headcount.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    crate::each_of_person!(db, program_id, me;
        "update meetings set facilitator_id = nullif(facilitator_id, $2), timekeeper_id = nullif(timekeeper_id, $2),
                note_taker_id = nullif(note_taker_id, $2)
         where program_id = $1 and state = 'scheduled' and $2 in (facilitator_id, timekeeper_id, note_taker_id)",
        "update agenda_items set lead_id = null where program_id = $1 and lead_id = $2 and state = 'planned'",
    );
    Ok(())
}
