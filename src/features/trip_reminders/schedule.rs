//! Looks at the trips near a day on which something is sent, in every program that takes people.
use super::{
    email::TripReminder,
    model::{Step, is_due},
    queries::{self, Unplanned},
};
use crate::base::{error::Result, ids::ProgramId, local_time};
use crate::features::people;
use crate::outbox::{self, Posting};
use crate::web::state::App;
use time::{OffsetDateTime, Time, macros::time};

/// At what hour of its day, in the reader's zone, a reminder is sent.
const HOUR: Time = time!(9:00);

/// Plans what is due, each once.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    let now = app.clock.now();
    let mut after: Option<ProgramId> = None;
    loop {
        let mut tx = app.db.begin().await?;
        let programs = people::programs_after(&mut tx, after).await?;
        let Some(last) = programs.last() else { return Ok(()) };
        after = Some(last.program_id);
        let ids: Vec<ProgramId> = programs.iter().map(|program| program.program_id).collect();
        for one in queries::unplanned(&mut tx, &ids, now).await? {
            if !is_due(one.step, &one.facts, one.today) {
                continue;
            }
            let due_at = due(&one, now);
            let letter = TripReminder {
                program_id: one.program_id,
                trip_id: one.trip_id,
                to: one.to,
                step: one.step,
                on_date: one.facts.on_date,
            };
            let posting = Posting { program_id: Some(one.program_id), due_at, key: Some(letter.key()) };
            outbox::enqueue(&mut tx, &letter, posting).await?;
        }
        tx.commit().await?;
    }
}

/// At nine on its day; where that is past, because it was planned at short notice or the worker was down, at the next
/// hour at which people are written to, or at once where that is too late.
fn due(one: &Unplanned, now: OffsetDateTime) -> OffsetDateTime {
    let (first, last) = one.step.days(one.facts.on_date);
    let at_nine = local_time::nearest_instant(&one.time_zone, first, HOUR);
    if one.step == Step::PreMeeting && now <= at_nine {
        return at_nine;
    }
    let permitted = local_time::next_permitted(&one.time_zone, now.max(at_nine));
    let in_time = local_time::day_in(&one.time_zone, permitted) <= last;
    if in_time { permitted } else { now }
}
