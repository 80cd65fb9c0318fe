//! Plans what is sent while a request waits, and stops it.
use super::{email::Reminder, link::ReminderLink, model::Step};
use crate::base::{
    error::Result,
    ids::{ApprovalRequestId, PersonId, ProgramId},
    local_time,
};
use crate::features::approvals::{self, Request};
use crate::history::{self, Act, Actor};
use crate::outbox::{self, Posting};
use crate::web::state::App;
use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime, Time};

/// Puts everything into the outbox that is sent about a request if nobody answers, counted from
/// now: call it when the supervisor is asked, and when somebody sends the request once more. What
/// was planned before then finds that it is no longer needed.
pub(crate) async fn plan(
    db: &mut PgConnection,
    program_id: ProgramId,
    request_id: ApprovalRequestId,
    now: OffsetDateTime,
) -> Result<()> {
    let request = approvals::find(db, program_id, request_id).await?;
    // A supervisor has no zone; the program's is the nearest to theirs.
    for step in [Step::First, Step::Second, Step::Third] {
        enqueue(db, &request, (step, None), due(&request.program.time_zone, step, now)).await?;
    }
    enqueue(db, &request, (Step::PeerWaits, None), due(&request.peer_zone, Step::PeerWaits, now)).await?;
    for person_id in approvals::coordinators(db, program_id).await? {
        if let Some(to) = approvals::addressee(db, program_id, person_id).await? {
            let at = due(&to.own_zone, Step::CoordinatorWaits, now);
            enqueue(db, &request, (Step::CoordinatorWaits, Some(person_id)), at).await?;
        }
    }
    let over = local_time::next_permitted(&request.peer_zone, request.expires_at + Duration::minutes(1));
    enqueue(db, &request, (Step::Over, None), over).await
}

/// Plans the one email that tells a peer that the day has come from which a supervisor who says no
/// would look again.
pub(crate) async fn plan_another_look(db: &mut PgConnection, request: &Request, day: Date) -> Result<()> {
    let letter = Reminder::of_another_look(request, day);
    let begins = local_time::nearest_instant(&request.program.time_zone, day, Time::MIDNIGHT);
    let due_at = local_time::next_permitted(&request.peer_zone, begins);
    let posting = Posting { program_id: Some(request.program_id), due_at, key: Some(letter.key()) };
    outbox::enqueue(db, &letter, posting).await?;
    Ok(())
}

fn due(zone: &str, step: Step, from: OffsetDateTime) -> OffsetDateTime {
    local_time::next_permitted(zone, from + Duration::days(step.day().unwrap_or(0)))
}

async fn enqueue(
    db: &mut PgConnection,
    request: &Request,
    (step, person_id): (Step, Option<PersonId>),
    due_at: OffsetDateTime,
) -> Result<()> {
    let letter = Reminder::of(request, step, person_id);
    let posting = Posting { program_id: Some(request.program_id), due_at, key: Some(letter.key()) };
    outbox::enqueue(db, &letter, posting).await?;
    Ok(())
}

/// Stops the reminders of a request. Once or often: it is the same.
pub(super) async fn stop(app: &App, by: &ReminderLink) -> Result<Stopped> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    approvals::lock(&mut tx, by.program_id, by.request_id).await?;
    let request = approvals::find(&mut tx, by.program_id, by.request_id).await?;
    if request.reminders_stopped_at.is_none() {
        approvals::stop_reminders(&mut tx, by.program_id, by.request_id, now).await?;
        let act = Act { actor: Actor::Supervisor, action: "reminders_stopped", object_id: by.request_id.0 };
        history::record(&mut tx, by.program_id, act, now).await?;
    }
    tx.commit().await?;
    Ok(Stopped { request, already: true })
}

/// A request, and whether its reminders are stopped.
#[derive(Debug)]
pub(super) struct Stopped {
    pub(super) request: Request,
    pub(super) already: bool,
}

pub(super) async fn read(app: &App, by: &ReminderLink) -> Result<Stopped> {
    let mut db = app.db.acquire().await?;
    let request = approvals::find(&mut db, by.program_id, by.request_id).await?;
    let already = request.reminders_stopped_at.is_some();
    Ok(Stopped { request, already })
}
