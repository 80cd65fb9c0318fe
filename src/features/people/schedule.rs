//! What happens to participations by the clock alone: pauses begin and end, approvals run out.
use super::queries;
use crate::access::ParticipationState;
use crate::base::{
    error::Result,
    ids::{ParticipationId, ProgramId},
    local_time,
};
use crate::features::accounts;
use crate::history::{self, Act, Actor};
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Has the lists follow new names, and settles who is on hold in every program that takes people, a
/// program a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    sort_renamed(app).await?;
    let mut after: Option<ProgramId> = None;
    loop {
        // The connection is given back before each program takes one: a pool may be of two, and the turn holds one.
        let programs = queries::programs_after(&mut *app.db.acquire().await?, after).await?;
        let Some(last) = programs.last() else { return Ok(()) };
        after = Some(last.program_id);
        for program in &programs {
            let mut tx = app.db.begin().await?;
            settle(&mut tx, program.program_id, None, &program.time_zone, app.clock.now()).await?;
            tx.commit().await?;
        }
    }
}

/// Has the lists follow new names, a page of people at a time: the rest comes with the next minute.
async fn sort_renamed(app: &App) -> Result<()> {
    let mut tx = app.db.begin().await?;
    for (id, renamed_at) in accounts::renamed(&mut tx).await? {
        queries::sort_again(&mut tx, id).await?;
        accounts::sorted(&mut tx, id, renamed_at).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Brings who is on hold in line with pauses and approvals as of now, in a program or for one
/// person in it, and notes in the history who changed. For every transaction that changes either.
///
/// # Errors
/// When the database does not answer.
pub async fn settle(
    db: &mut PgConnection,
    program_id: ProgramId,
    of: Option<ParticipationId>,
    zone: &str,
    now: OffsetDateTime,
) -> Result<()> {
    for changed in queries::settle_holds(db, program_id, of, local_time::day_in(zone, now)).await? {
        let action = if changed.now == ParticipationState::OnHold { "put_on_hold" } else { "resumed" };
        let act = Act { actor: Actor::System, action, object_id: changed.participation_id.0 };
        history::record(db, program_id, act, now).await?;
    }
    Ok(())
}
