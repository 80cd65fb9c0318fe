//! Writes the letters of a Monday, each once.
use super::{email::WeekAhead, model, queries};
use crate::base::{error::Result, ids::ProgramId, local_time::day_in};
use crate::outbox::{self, Posting};
use crate::web::state::App;

/// Writes what is due, for everybody who coordinates a program that runs.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    let now = app.clock.now();
    // On other days nobody's programs need to be walked through, minute by minute.
    if !model::may_be_due(now) {
        return Ok(());
    }
    let mut after: Option<ProgramId> = None;
    loop {
        let programs = queries::running_after(&mut *app.db.acquire().await?, after).await?;
        let Some(last) = programs.last() else { return Ok(()) };
        after = Some(*last);
        let readers = queries::readers(&mut *app.db.acquire().await?, &programs).await?;
        let due = readers.iter().filter_map(|one| {
            let monday = model::due(&one.time_zone, now)?;
            // Who became a coordinator later that day has just been told how the program is.
            let was_there = day_in(&one.time_zone, one.since) < monday;
            was_there.then_some((one.person_id, monday))
        });
        let mut tx = app.db.begin().await?;
        for (person_id, monday) in due {
            let letter = WeekAhead { person_id, monday };
            // Who coordinates several programs is met several times; the key is used once.
            let posting = Posting { program_id: None, due_at: now, key: Some(letter.key()) };
            outbox::enqueue(&mut tx, &letter, posting).await?;
        }
        tx.commit().await?;
    }
}
