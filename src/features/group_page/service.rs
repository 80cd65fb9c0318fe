//! Reads for the two pages of a group. Nothing here writes.
use super::{
    model::Meeting,
    queries::{self, Words},
};
use crate::access::{GroupMember, InGroup, ProgramCoordinator};
use crate::base::error::{AppError, Result};
use crate::features::agreements;
use crate::features::progress::{self, GroupFacts, Which};
use crate::web::state::App;
use sqlx::PgConnection;

/// Everything the members' page is made of.
pub(super) struct Inside {
    pub(super) facts: GroupFacts,
    pub(super) words: Words,
    /// The oldest meeting that waits for its log.
    pub(super) unlogged: Option<Meeting>,
    pub(super) next: Option<Meeting>,
    pub(super) agreement: Option<agreements::Line>,
}

pub(super) async fn inside(app: &App, by: &GroupMember) -> Result<Inside> {
    let mut db = app.db.acquire().await?;
    let mut words = queries::words(&mut db, by, app.clock.now()).await?;
    if !words.belonging.iter().any(|one| one.id == by.participation_id()) {
        return Err(AppError::NotFound);
    }
    let (over, ahead): (Vec<Meeting>, Vec<Meeting>) = words.scheduled.drain(..).partition(|meeting| meeting.is_over);
    Ok(Inside {
        facts: facts_of(&mut db, by.group()).await?,
        words,
        unlogged: over.into_iter().next(),
        next: ahead.into_iter().next(),
        agreement: agreements::line(&mut db, by).await?,
    })
}

/// What a coordinator sees of a group: facts.
pub(super) async fn facts(app: &App, _by: &ProgramCoordinator, group: &InGroup) -> Result<GroupFacts> {
    let mut db = app.db.acquire().await?;
    facts_of(&mut db, group).await
}

async fn facts_of(db: &mut PgConnection, group: &InGroup) -> Result<GroupFacts> {
    let which = Which { programs: &[group.program_id], groups: Some(&[group.id]) };
    progress::groups(db, which).await?.pop().ok_or(AppError::NotFound)
}
