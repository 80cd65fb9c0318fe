//! A confirmed trip to which a supervisor took back a yes is a plan again.
use super::queries::{self, Key};
use crate::base::{error::Result, ids::ProgramId};
use crate::features::{people, trip_approvals};
use crate::web::state::App;
use time::Duration;

/// Looks at the trips to come of every program that takes people.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    // The day before, for it is still yesterday somewhere.
    let today = app.clock.now().date() - Duration::DAY;
    let mut after: Option<ProgramId> = None;
    loop {
        let mut db = app.db.acquire().await?;
        let programs = people::programs_after(&mut db, after).await?;
        let Some(last) = programs.last() else { return Ok(()) };
        after = Some(last.program_id);
        let ids: Vec<ProgramId> = programs.iter().map(|program| program.program_id).collect();
        let doubtful = trip_approvals::withdrawn(&mut db, &ids, today).await?;
        drop(db);
        for (program, group, id) in doubtful {
            let key = Key { program, group, id };
            let mut tx = app.db.begin().await?;
            queries::lock(&mut tx, key).await?;
            if !trip_approvals::uncovered(&mut tx, (program, id)).await?.is_empty() {
                queries::unconfirm(&mut tx, key).await?;
            }
            tx.commit().await?;
        }
    }
}
