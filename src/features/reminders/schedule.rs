//! A condition that the peer does not accept in time lapses.
use super::model::CONDITION_DAYS;
use crate::base::{
    error::Result,
    ids::{ApprovalRequestId, ProgramId},
};
use crate::features::{
    approvals::{self, RequestState, Told},
    people,
};
use crate::history::{self, Act, Actor};
use crate::web::state::App;
use time::Duration;

/// Ends every request whose condition has waited too long, in programs that take people; one a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    let before = app.clock.now() - Duration::days(CONDITION_DAYS);
    let mut db = app.db.acquire().await?;
    let mut after: Option<ProgramId> = None;
    loop {
        let programs = people::programs_after(&mut db, after).await?;
        let Some(last) = programs.last() else { return Ok(()) };
        after = Some(last.program_id);
        for program in &programs {
            for id in approvals::conditions_waiting_since(&mut db, program.program_id, before).await? {
                lapse(app, program.program_id, id).await?;
            }
        }
    }
}

async fn lapse(app: &App, program_id: ProgramId, id: ApprovalRequestId) -> Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    approvals::lock(&mut tx, program_id, id).await?;
    let request = approvals::find(&mut tx, program_id, id).await?;
    // The peer may have accepted, or the supervisor said something else, a moment ago.
    let waits = request.decided_at.is_some_and(|at| at + Duration::days(CONDITION_DAYS) <= now);
    if request.state != RequestState::Conditional || !waits {
        return Ok(());
    }
    approvals::end(&mut tx, &request, RequestState::Cancelled).await?;
    people::settle(&mut tx, program_id, Some(request.participation_id), &request.program.time_zone, now).await?;
    approvals::tell(&mut tx, &request, Told::Lapsed, now).await?;
    approvals::confirm(&mut tx, &request, Told::Lapsed, now).await?;
    let act = Act { actor: Actor::System, action: Told::Lapsed.action(), object_id: id.0 };
    history::record(&mut tx, program_id, act, now).await?;
    tx.commit().await?;
    Ok(())
}
