//! What happens to programs by the clock alone: three weeks before the end, closing begins.
use super::{
    email::ClosingBegins,
    model::closing_from,
    queries::{self, ToClose},
};
use crate::base::{error::Result, local_time};
use crate::history::{self, Act, Actor};
use crate::outbox;
use crate::web::state::App;
use time::OffsetDateTime;

/// Has closing begin where its day has come, a program a transaction, and tells its members.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    let mut after = None;
    loop {
        let now = app.clock.now();
        let programs = queries::may_have_to_close(&mut *app.db.acquire().await?, after, now).await?;
        let Some(last) = programs.last() else { return Ok(()) };
        after = Some(last.program_id);
        let has_come =
            |program: &&ToClose| local_time::day_in(&program.time_zone, now) >= closing_from(program.ends_on);
        for program in programs.iter().filter(has_come) {
            begin_closing(app, program, now).await?;
        }
    }
}

/// `active → closing`, once, with a letter to everyone who is in a group.
async fn begin_closing(app: &App, program: &ToClose, now: OffsetDateTime) -> Result<()> {
    let program_id = program.program_id;
    let mut tx = app.db.begin().await?;
    if !queries::begin_closing(&mut tx, program_id).await? {
        return Ok(());
    }
    let members = queries::open_members(&mut tx, program_id).await?;
    let letter = |participation_id| {
        (ClosingBegins { program_id, participation_id }, format!("closing-begins:{program_id}:{participation_id}"))
    };
    // The day has come at midnight; each letter waits for the morning of its reader.
    let letters: Vec<_> = members.into_iter().map(letter).collect();
    outbox::enqueue_all(&mut tx, &letters, Some(program_id), now).await?;
    let act = Act { actor: Actor::System, action: "program_closing", object_id: program_id.0 };
    history::record(&mut tx, program_id, act, now).await?;
    tx.commit().await?;
    Ok(())
}
