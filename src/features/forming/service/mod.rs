//! Commands of the coordinators: form, change and remove groups, launch.
mod forming;
mod launch;
mod overview;
mod page;
mod several;

/// What commands take from a handler and give to it.
pub(super) use crate::features::groups::{About, GroupRow};
pub(crate) use forming::Wanted;
pub(super) use forming::*;
pub(super) use launch::*;
pub(super) use overview::overview;
pub(crate) use overview::{Overview, read};
pub(super) use page::{Asked, shown};
pub(crate) use several::form_all;

use crate::access::ProgramCoordinator;
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId},
};
use crate::features::groups::{self, GroupFormed, Listed};
use crate::history::{self, Act, Actor};
use crate::outbox::{self, Posting};
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// The groups of the program with their members, for a file.
pub(super) async fn with_members(app: &App, by: &ProgramCoordinator) -> Result<Vec<Listed>> {
    let mut db = app.db.acquire().await?;
    groups::with_members(&mut db, by.program_id()).await
}

/// One letter to each of them.
async fn tell(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    group_id: GroupId,
    people: &[ParticipationId],
    now: OffsetDateTime,
) -> Result<()> {
    for participation_id in people {
        let letter = GroupFormed {
            program_id: by.program_id(),
            group_id,
            participation_id: *participation_id,
            by: by.viewer().person_id(),
        };
        let posting = Posting { program_id: Some(by.program_id()), due_at: now, key: None };
        outbox::enqueue(db, &letter, posting).await?;
    }
    Ok(())
}

async fn note(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    action: &str,
    id: Uuid,
    now: OffsetDateTime,
) -> Result<()> {
    let act = Act { actor: Actor::Person(by.viewer().person_id()), action, object_id: id };
    history::record(db, by.program_id(), act, now).await
}
