//! What stays of somebody's elements when they are erased: rows without their words.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::Date;

/// Takes the words out of every element about one person, and ends those that were going on.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId, today: Date) -> Result<()> {
    crate::each_of_person!(db, program_id, me, today;
        "update elements set title = 'Erased', state = 'retired', retired_on = coalesce(retired_on, $3)
         where program_id = $1 and about_id = $2",
    );
    Ok(())
}
