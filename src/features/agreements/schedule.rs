//! What happens to agreements by the clock alone: silence stops blocking after its days.
use super::{queries, service};
use crate::base::{error::Result, ids::ProgramId};
use crate::web::state::App;

/// Adopts what nobody's silence keeps back any more, a group a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    let mut db = app.db.acquire().await?;
    let mut after: Option<ProgramId> = None;
    loop {
        let programs = queries::running_after(&mut db, after).await?;
        let Some(last) = programs.last() else { return Ok(()) };
        after = Some(last.id);
        for program in &programs {
            for group_id in queries::waiting(&mut db, program.id).await? {
                let of = service::Of { program_id: program.id, group_id, zone: &program.time_zone };
                let mut tx = app.db.begin().await?;
                queries::hold(&mut tx, program.id, group_id).await?;
                service::settle(&mut tx, of, app.clock.now()).await?;
                tx.commit().await?;
            }
        }
    }
}
