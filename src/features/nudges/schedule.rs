//! Looks at everybody in running groups: once a day where nothing waits, once a week where an
//! email went out, and never at night or on a weekend of theirs.
use super::{
    email::{NoMeetingYet, Nudge},
    model::{NO_DATE_DAY, NO_DATE_UNTIL_DAY, WEEK},
    queries::{self, Due, Running},
};
use crate::base::{
    error::Result,
    ids::ProgramId,
    local_time::{self, day_in},
};
use crate::outbox::{self, Posting};
use crate::web::state::App;
use time::{Duration, OffsetDateTime};

/// Writes what is due, in every program that runs.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    let now = app.clock.now();
    let mut after: Option<ProgramId> = None;
    loop {
        // The connection is given back before each person takes one: a pool may be of two, and the turn holds one.
        let programs = queries::running_after(&mut *app.db.acquire().await?, after).await?;
        let Some(last) = programs.last() else { return Ok(()) };
        after = Some(last.id);
        for program in &programs {
            dateless(app, program, now).await?;
            let due = queries::due(&mut *app.db.acquire().await?, program.id, now).await?;
            for person in &due {
                look(app, person, now).await?;
            }
        }
    }
}

/// Members of groups that have no date after a week, each once.
async fn dateless(app: &App, program: &Running, now: OffsetDateTime) -> Result<()> {
    let today = day_in(&program.time_zone, now);
    let began = (today - Duration::days(NO_DATE_UNTIL_DAY), today - Duration::days(NO_DATE_DAY));
    let mut tx = app.db.begin().await?;
    for member in queries::without_a_date(&mut tx, program.id, began).await? {
        let letter = NoMeetingYet { program_id: program.id, group_id: member.group_id, to: member.participation_id };
        let due_at = local_time::next_permitted(&member.time_zone, now);
        let posting = Posting { program_id: Some(program.id), due_at, key: Some(letter.key()) };
        outbox::enqueue(&mut tx, &letter, posting).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// One person: an email where something waits, and when to look again.
async fn look(app: &App, person: &Due, now: OffsetDateTime) -> Result<()> {
    let permitted = local_time::next_permitted(&person.time_zone, now);
    let mut tx = app.db.begin().await?;
    let again = if permitted > now {
        (permitted, false)
    } else if queries::gather(&mut tx, person.person_id, now).await?.is_empty() {
        (now + Duration::DAY, false)
    } else {
        (now + WEEK, true)
    };
    // Whoever is in two programs is met twice in one tick; the first look counts.
    if queries::look_again(&mut tx, person.person_id, again, now).await? && again.1 {
        let posting = Posting { program_id: None, due_at: now, key: None };
        outbox::enqueue(&mut tx, &Nudge { person_id: person.person_id }, posting).await?;
    }
    tx.commit().await?;
    Ok(())
}
