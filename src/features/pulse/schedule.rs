//! A pulse closes by itself when its last day is over, or when its program ends.
use super::{queries, service};
use crate::base::{error::Result, ids::ProgramId, local_time};
use crate::history::Actor;
use crate::web::state::App;

/// Closes what is to be closed, a pulse a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    let now = app.clock.now();
    let mut after: Option<ProgramId> = None;
    loop {
        // The connection is given back before each pulse takes one: a pool may be of two, and the turn holds one.
        let mut db = app.db.acquire().await?;
        let programs = queries::launched_after(&mut db, after).await?;
        let Some(last) = programs.last() else { return Ok(()) };
        after = Some(last.id);
        let ids: Vec<ProgramId> = programs.iter().map(|program| program.id).collect();
        let open = queries::open_in(&mut db, &ids).await?;
        drop(db);
        for (program_id, pulse_id, last_day) in open {
            let Some(program) = programs.iter().find(|program| program.id == program_id) else { continue };
            if local_time::day_in(&program.zone, now) > last_day || !program.state.is_running() {
                let mut tx = app.db.begin().await?;
                service::close_one(&mut tx, (program_id, pulse_id), Actor::System, now).await?;
                tx.commit().await?;
            }
        }
    }
}
