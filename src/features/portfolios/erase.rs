//! Nothing stays of a portfolio when its owner is erased, and no yes of a giver who is.
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
};
use crate::links::{self, LinkKind};
use sqlx::PgConnection;

/// Deletes what one person ticked, kills their links, and forgets what was asked about feedback they gave or received.
///
/// # Errors
/// When the database does not answer.
pub async fn erase(db: &mut PgConnection, program_id: ProgramId, me: ParticipationId) -> Result<()> {
    crate::each_of_person!(db, program_id, me;
        "delete from portfolio_items where program_id = $1 and participation_id = $2",
        "delete from portfolio_items i where i.program_id = $1
           and i.feedback_id in (select f.id from feedback f where f.program_id = $1 and f.giver_id = $2)",
        "delete from portfolio_asks a where a.program_id = $1
           and a.feedback_id in (select f.id from feedback f where f.program_id = $1 and $2 in (f.giver_id, f.receiver_id))",
    );
    links::forget(db, LinkKind::Portfolio, me.0).await
}
