//! At the middle of a program, supervisors are asked what became of their pledges.
use super::{
    model::middle_day,
    queries::{self, Running},
    service,
};
use crate::base::{error::Result, ids::ProgramId, local_time};
use crate::web::state::App;
use time::{Duration, Time, macros::time};

/// When on that day.
const HOUR: Time = time!(9:00);
/// A server that was down on the day still asks within so many days; later it would not be the middle.
const STILL_THE_MIDDLE: Duration = Duration::days(7);

/// Asks where it is time.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    let mut db = app.db.acquire().await?;
    let mut after: Option<ProgramId> = None;
    loop {
        let programs = queries::running_after(&mut db, after).await?;
        let Some(last) = programs.last() else { return Ok(()) };
        after = Some(last.program_id);
        for program in &programs {
            follow_up(app, program).await?;
        }
    }
}

async fn follow_up(app: &App, program: &Running) -> Result<()> {
    let now = app.clock.now();
    let today = local_time::day_in(&program.time_zone, now);
    let middle = middle_day(program.starts_on, program.ends_on);
    if today < middle || today > middle.saturating_add(STILL_THE_MIDDLE) || today > program.ends_on {
        return Ok(());
    }
    let asked_from = local_time::nearest_instant(&program.time_zone, middle, HOUR);
    let due_at = local_time::next_permitted(&program.time_zone, asked_from.max(now));
    let mut tx = app.db.begin().await?;
    for request_id in queries::to_follow_up(&mut tx, program.program_id, today, asked_from).await? {
        service::ask_what_became(&mut tx, program.program_id, request_id, due_at).await?;
    }
    tx.commit().await?;
    Ok(())
}
