//! The commands: a peer joins and asks, a supervisor answers.
mod answering;
mod joining;
mod looking;

pub(super) use answering::{Answered, answer, not_mine};
pub(super) use joining::{Accepted, Asked, Wishes, Words, accept, ask_again, change_wishes, join, send_again};
pub(super) use looking::{Letter, Standing, letter, standing};

use super::{
    email::{DecisionsDigest, TellCoordinator, TellPeer},
    model::{Request, Told, next_digest},
    queries,
};
use crate::base::error::Result;
use crate::outbox::{self, Posting};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Tells the peer at once, and each coordinator at once or with tomorrow's digest.
async fn tell(db: &mut PgConnection, request: &Request, told: Told, now: OffsetDateTime) -> Result<()> {
    let (program_id, request_id) = (request.program_id, request.id);
    let at_once = Posting { program_id: Some(program_id), due_at: now, key: None };
    outbox::enqueue(db, &TellPeer { program_id, request_id, told }, at_once.clone()).await?;
    tell_coordinators(db, request, told, now).await
}

async fn tell_coordinators(db: &mut PgConnection, request: &Request, told: Told, now: OffsetDateTime) -> Result<()> {
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
