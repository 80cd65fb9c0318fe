//! What stays of second wordings when somebody is erased: what they gave to others, from nobody by name.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;

/// Takes the words out of what one person received.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    crate::each_of_person!(db, program_id, me;
        "update second_wordings set not_agreed = '' where program_id = $1 and receiver_id = $2",
        "update second_wording_texts set words = '{}', answer_words = '' where program_id = $1 and receiver_id = $2",
    );
    Ok(())
}
