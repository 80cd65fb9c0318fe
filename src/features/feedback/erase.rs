//! What stays of somebody's feedback when they are erased: what they gave to others, from nobody by name.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Deletes drafts and unsettled logs by and about one person, and the words of what they received.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    crate::each_of_person!(db, program_id, me;
        // Also what was said and never came to be agreed between the two.
        "delete from feedback where program_id = $1 and (giver_id = $2 or receiver_id = $2)
           and state in ('draft', 'logged', 'disputed')",
        "update feedback set not_agreed = '' where program_id = $1 and receiver_id = $2",
        "update feedback_texts set words = '{}', self_view = '', answer_words = ''
         where program_id = $1 and receiver_id = $2",
    );
    Ok(())
}
