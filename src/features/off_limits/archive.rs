//! What people want left alone, as the archive file holds it.
use crate::base::{
    error::Result,
    ids::{OffLimitsId, ParticipationId, ProgramId},
    portable::{Frame, Key, Moment},
};
use serde::Deserialize;
use sqlx::PgConnection;

/// An area to stay away from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OffLimits {
    pub participation: Key<ParticipationId>,
    pub words: String,
    pub set_at: Moment,
}

/// Adds the areas of a program's people.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert(db: &mut PgConnection, frame: &Frame, areas: &[OffLimits]) -> Result<()> {
    for area in areas {
        sqlx::query!(
            "insert into off_limits (program_id, id, participation_id, words, set_at) values ($1, $2, $3, $4, $5)",
            frame.program_id as ProgramId,
            OffLimitsId::generate() as OffLimitsId,
            frame.id(&area.participation) as ParticipationId,
            area.words,
            frame.moment(area.set_at)
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}
