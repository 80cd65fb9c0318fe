//! Reads for the two pages of a group. Nothing here writes.
use super::{
    model::Meeting,
    queries::{self, Words},
};
use crate::access::{GroupMember, InGroup, Peer, ProgramCoordinator};
use crate::base::{
    error::{AppError, Result},
    ids::ParticipationId,
};
use crate::features::progress::{self, GroupFacts, Which};
use crate::features::{
    actions::{self, OpenLine},
    agreements, coffee,
    retrospectives::{self, Line as LookBack},
    time_polls::{self, OpenPoll},
};
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
    pub(super) actions: Vec<OpenLine>,
    pub(super) poll: Option<OpenPoll>,
    pub(super) coffee: Option<coffee::Offer>,
    /// While the program closes, and after it.
    pub(super) look_back: Option<LookBack>,
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
        actions: actions::open_lines(&mut db, by, app.clock.now()).await?,
        coffee: coffee::offered(&mut db, by).await?,
        look_back: retrospectives::line(&mut db, by, app.clock.now()).await?,
        poll: time_polls::open_poll(&mut db, by, app.clock.now()).await?,
    })
}

/// What a coordinator sees of a group: facts.
pub(super) async fn facts(app: &App, _by: &ProgramCoordinator, group: &InGroup) -> Result<GroupFacts> {
    let mut db = app.db.acquire().await?;
    facts_of(&mut db, group).await
}

/// A member's group, and its facts as coordinators see them.
pub(crate) struct OwnGroup {
    pub(super) member: ParticipationId,
    pub(super) name: String,
    pub(super) facts: GroupFacts,
}

impl OwnGroup {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

/// What coordinators see of the group that a peer is in, if they are in one that was launched.
pub(crate) async fn own_facts(app: &App, by: &Peer) -> Result<Option<OwnGroup>> {
    let mut db = app.db.acquire().await?;
    let Some((id, name)) = queries::own_group(&mut db, by.program_id(), by.participation_id()).await? else {
        return Ok(None);
    };
    let which = Which { programs: &[by.program_id()], groups: Some(&[id]) };
    let facts = progress::groups(&mut db, which).await?.pop();
    Ok(facts.map(|facts| OwnGroup { member: by.participation_id(), name, facts }))
}

async fn facts_of(db: &mut PgConnection, group: &InGroup) -> Result<GroupFacts> {
    let which = Which { programs: &[group.program_id], groups: Some(&[group.id]) };
    progress::groups(db, which).await?.pop().ok_or(AppError::NotFound)
}
