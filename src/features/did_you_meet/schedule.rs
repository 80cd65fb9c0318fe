//! Looks for meetings that are over and not logged. What is due is asked of the clock and the meetings alone, so a
//! meeting that was moved, entered afterwards or brought by a file is asked about like any other.
use super::{
    email::DidYouMeet,
    model::{Over, due, to_ask},
    queries,
};
use crate::base::{error::Result, ids::ProgramId};
use crate::features::groups;
use crate::outbox;
use crate::web::state::App;
use time::{Duration, OffsetDateTime};

/// A meeting that was over for longer when somebody could first have asked is left to the weekly email.
const LATEST: Duration = Duration::days(14);

/// Writes to those who are to be asked now, a meeting a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    let now = app.clock.now();
    let mut after: Option<ProgramId> = None;
    loop {
        let programs = queries::running_after(&mut *app.db.acquire().await?, after).await?;
        let Some(last) = programs.last() else { return Ok(()) };
        after = Some(*last);
        let over = queries::over(&mut *app.db.acquire().await?, &programs, (now - LATEST, now)).await?;
        for meeting in &over {
            ask(app, meeting, now).await?;
        }
    }
}

async fn ask(app: &App, over: &Over, now: OffsetDateTime) -> Result<()> {
    let rounds = due(over, now);
    let Some(last) = rounds.last() else { return Ok(()) };
    let program_id = over.program_id;
    let mut tx = app.db.begin().await?;
    if !queries::note_rounds(&mut tx, over, last.number()).await? {
        return Ok(());
    }
    // Roles and members are those of now, when the emails leave.
    let members = groups::open_members(&mut tx, program_id, over.group_id).await?;
    let members: Vec<_> =
        members.iter().filter(|one| one.joined_on <= over.day).map(|one| one.participation_id).collect();
    let asked = to_ask(over, &rounds, &members);
    let people: Vec<_> = asked.iter().map(|(who, _)| *who).collect();
    let ids = queries::asks(&mut tx, over, &people).await?;
    let mut letters = Vec::new();
    for (who, round) in asked {
        let Some((_, ask_id)) = ids.iter().find(|(known, _)| *known == who) else { continue };
        let letter = DidYouMeet { program_id, ask_id: *ask_id, round, ended_at: over.ends_at.unix_timestamp() };
        let key = format!("did_you_meet:{ask_id}:{}:{}", round.as_str(), over.since.unix_timestamp());
        letters.push((letter, key));
    }
    outbox::enqueue_all(&mut tx, &letters, Some(program_id), now).await?;
    tx.commit().await?;
    Ok(())
}
