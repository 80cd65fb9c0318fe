//! What happens to participations by the clock alone: pauses begin and end, approvals run out.
use super::queries;
use crate::access::ParticipationState;
use crate::base::{error::Result, ids::ProgramId, local_time};
use crate::history::{self, Act, Actor};
use crate::web::state::App;

/// Settles who is on hold in every program that takes people, a program a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    let mut after: Option<ProgramId> = None;
    loop {
        // The connection is given back before each program takes one: a pool may be of two, and the turn holds one.
        let programs = queries::programs_after(&mut *app.db.acquire().await?, after).await?;
        let Some(last) = programs.last() else { return Ok(()) };
        after = Some(last.program_id);
        for program in &programs {
            settle(app, program.program_id, &program.time_zone).await?;
        }
    }
}

async fn settle(app: &App, program_id: ProgramId, zone: &str) -> Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    for changed in queries::settle_holds(&mut tx, program_id, None, local_time::day_in(zone, now)).await? {
        let action = if changed.now == ParticipationState::OnHold { "put_on_hold" } else { "resumed" };
        let act = Act { actor: Actor::System, action, object_id: changed.participation_id.0 };
        history::record(&mut tx, program_id, act, now).await?;
    }
    tx.commit().await?;
    Ok(())
}
