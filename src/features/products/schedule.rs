//! After a program's last day each supervisor who sees something of a report is told once more.
use super::{
    email::ShownSummary,
    queries::{self, Ended},
};
use crate::base::{error::Result, local_time::day_in};
use crate::outbox;
use crate::web::state::App;
use time::{Duration, OffsetDateTime};

/// For so long after the last day the summary is still worth sending, should nothing have run before.
const LATEST: Duration = Duration::days(14);

/// Enqueues the summaries of programs that have ended, each once.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    let mut after = None;
    loop {
        let now = app.clock.now();
        let days = (now.date().saturating_sub(LATEST), now.date());
        let programs = queries::ended(&mut *app.db.acquire().await?, after, days).await?;
        let Some(last) = programs.last() else { return Ok(()) };
        after = Some(last.program_id);
        for program in programs.iter().filter(|program| day_in(&program.time_zone, now) > program.ends_on) {
            summarise(app, program, now).await?;
        }
    }
}

async fn summarise(app: &App, program: &Ended, now: OffsetDateTime) -> Result<()> {
    let program_id = program.program_id;
    let mut tx = app.db.begin().await?;
    let letters: Vec<_> = queries::shown_by(&mut tx, program_id)
        .await?
        .into_iter()
        .map(|request_id| (ShownSummary { program_id, request_id }, format!("shown-summary:{program_id}:{request_id}")))
        .collect();
    outbox::enqueue_all(&mut tx, &letters, Some(program_id), now).await?;
    tx.commit().await?;
    Ok(())
}
