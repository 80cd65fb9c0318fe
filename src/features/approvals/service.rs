//! What happens to a request, as parts of the commands of peers, coordinators and supervisors:
//! each runs in the transaction of the command that calls it.
use super::{
    email::{AskSupervisor, DecisionsDigest, Receipt, TellCoordinator, TellPeer},
    model::{NewRequest, Request, RequestState, Told, next_digest},
    queries,
};
use crate::base::{
    error::Result,
    ids::{ApprovalRequestId, ParticipationId, ProgramId},
};
use crate::links::{self, LinkKind};
use crate::outbox::{self, Letter, Posting};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Makes a request and its email; `false` when there is one with this id, or an open one.
pub(crate) async fn ask(db: &mut PgConnection, new: &NewRequest, now: OffsetDateTime) -> Result<bool> {
    if !queries::insert(db, new, now).await? {
        return Ok(false);
    }
    enqueue_asking(db, new.program_id, new.id, now).await?;
    Ok(true)
}

/// How asking once more ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OnceMore {
    Sent,
    /// It was sent within the last minute: a button was pressed twice.
    JustSent,
    /// It no longer waits.
    NotWaiting,
}

/// Sends a request that waits once more, with time to answer again; earlier links die. The caller
/// holds the request.
pub(crate) async fn ask_once_more(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ApprovalRequestId,
    now: OffsetDateTime,
) -> Result<OnceMore> {
    if !queries::renew(db, program_id, id, now).await? {
        let waits = queries::find(db, program_id, id).await?.state == RequestState::Pending;
        return Ok(if waits { OnceMore::JustSent } else { OnceMore::NotWaiting });
    }
    links::forget(db, LinkKind::Answer, id.0).await?;
    enqueue_asking(db, program_id, id, now).await?;
    Ok(OnceMore::Sent)
}

/// Ends an open request without an answer, as expired or cancelled; its links say so from then on.
pub(crate) async fn end(db: &mut PgConnection, request: &Request, state: RequestState) -> Result<()> {
    queries::close(db, request.program_id, request.id, state).await
}

/// Cancels every open request of somebody whose part ends; its links say so from then on.
pub(crate) async fn end_all(db: &mut PgConnection, program_id: ProgramId, of: ParticipationId) -> Result<()> {
    queries::close_all(db, program_id, of).await
}

/// Gives the supervisor their answer in writing.
pub(crate) async fn confirm(db: &mut PgConnection, request: &Request, told: Told, now: OffsetDateTime) -> Result<()> {
    let receipt = Receipt { program_id: request.program_id, request_id: request.id, told };
    outbox::enqueue(db, &receipt, Posting { program_id: Some(request.program_id), due_at: now, key: None }).await?;
    Ok(())
}

/// Tells the peer at once, and each coordinator at once or with tomorrow's digest.
pub(crate) async fn tell(db: &mut PgConnection, request: &Request, told: Told, now: OffsetDateTime) -> Result<()> {
    let (program_id, request_id) = (request.program_id, request.id);
    let at_once = Posting { program_id: Some(program_id), due_at: now, key: None };
    outbox::enqueue(db, &TellPeer { program_id, request_id, told }, at_once.clone()).await?;
    tell_coordinators(db, request, told, now).await
}

/// Tells each coordinator at once, or with tomorrow’s digest.
pub(crate) async fn tell_coordinators(
    db: &mut PgConnection,
    request: &Request,
    told: Told,
    now: OffsetDateTime,
) -> Result<()> {
    let (program_id, request_id) = (request.program_id, request.id);
    let (day, due_at) = next_digest(&request.program.time_zone, now);
    for person_id in queries::coordinators(db, program_id).await? {
        if told.can_wait() {
            let key = Some(format!("decisions:{program_id}:{person_id}:{day}"));
            let posting = Posting { program_id: Some(program_id), due_at, key };
            outbox::enqueue(db, &DecisionsDigest { program_id, person_id, day }, posting).await?;
        } else {
            let posting = Posting { program_id: Some(program_id), due_at: now, key: None };
            outbox::enqueue(db, &TellCoordinator { program_id, request_id, person_id, told }, posting).await?;
        }
    }
    Ok(())
}

/// Why the newest email that asks did not arrive, in the server's words; `None` when it may have.
pub(crate) async fn did_not_arrive(db: &mut PgConnection, id: ApprovalRequestId) -> Result<Option<String>> {
    outbox::did_not_arrive(db, AskSupervisor::KIND, id.0).await
}

async fn enqueue_asking(
    db: &mut PgConnection,
    program_id: ProgramId,
    request_id: ApprovalRequestId,
    now: OffsetDateTime,
) -> Result<()> {
    let posting = Posting { program_id: Some(program_id), due_at: now, key: None };
    outbox::enqueue(db, &AskSupervisor { program_id, request_id }, posting).await?;
    Ok(())
}
