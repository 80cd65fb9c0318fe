//! What people wrote who asked to join is kept for 30 days, and then deleted.
use super::queries;
use crate::base::{error::Result, ids::ProgramId};
use crate::web::state::App;
use time::Duration;

/// How long an ask waits, and how long it is kept once it is decided.
const KEPT: Duration = Duration::days(30);

/// Deletes asks whose time is over, a program a statement.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    let before = app.clock.now() - KEPT;
    let mut db = app.db.acquire().await?;
    let mut after: Option<ProgramId> = None;
    loop {
        let programs = queries::programs_after(&mut db, after).await?;
        let Some(last) = programs.last() else { return Ok(()) };
        after = Some(*last);
        for program_id in programs {
            queries::delete_before(&mut db, program_id, before).await?;
        }
    }
}
