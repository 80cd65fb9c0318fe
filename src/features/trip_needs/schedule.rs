//! What people need on a trip is kept as long as it is of use to the trip, and no day longer.
use super::queries;
use crate::base::{error::Result, ids::ProgramId};
use crate::features::people;
use crate::web::state::App;

/// Deletes what people needed on trips whose day is over, that are off, or in whose group they are no more.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    let mut after: Option<ProgramId> = None;
    loop {
        let mut db = app.db.acquire().await?;
        let programs = people::programs_after(&mut db, after).await?;
        let Some(last) = programs.last() else { return Ok(()) };
        after = Some(last.program_id);
        let ids: Vec<ProgramId> = programs.iter().map(|program| program.program_id).collect();
        queries::forget_past(&mut db, &ids, app.clock.now()).await?;
    }
}
