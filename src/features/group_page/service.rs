//! Reads for the two pages of a group. Nothing here writes.
use super::{
    both_ways::Turns,
    model::{Belonging, Element, Goal, Item, Meeting, Product, Trip},
    queries,
};
use crate::access::{GroupMember, InGroup, Peer, ProgramCoordinator};
use crate::base::{
    error::{AppError, Result},
    ids::ParticipationId,
};
use crate::features::agreements;
use crate::features::progress::{self, GroupFacts, Which, figures::Share};
use crate::web::state::App;
use sqlx::PgConnection;

/// Everything the members' page is made of.
pub(super) struct Inside {
    pub(super) facts: GroupFacts,
    pub(super) belonging: Vec<Belonging>,
    /// The oldest meeting that waits for its log.
    pub(super) unlogged: Option<Meeting>,
    pub(super) next: Option<Meeting>,
    pub(super) agenda: Vec<Item>,
    pub(super) goals: Vec<Goal>,
    pub(super) elements: Vec<Element>,
    pub(super) coverage: Share,
    pub(super) trips: Vec<Trip>,
    pub(super) products: Vec<Product>,
    pub(super) turns: Vec<Turns>,
    pub(super) agreement: Option<agreements::Line>,
}

pub(super) async fn inside(app: &App, by: &GroupMember) -> Result<Inside> {
    let mut db = app.db.acquire().await?;
    let (program_id, group_id) = (by.program_id(), by.group_id());
    let belonging = queries::belonging(&mut db, program_id, group_id).await?;
    let me = belonging.iter().find(|one| one.id == by.participation_id()).ok_or(AppError::NotFound)?;
    let since = me.joined_on;
    let scheduled = queries::scheduled(&mut db, by, app.clock.now()).await?;
    let (over, ahead): (Vec<Meeting>, Vec<Meeting>) = scheduled.into_iter().partition(|meeting| meeting.is_over);
    let next = ahead.into_iter().next();
    let agenda = match &next {
        Some(meeting) => queries::agenda(&mut db, program_id, meeting.id).await?,
        None => Vec::new(),
    };
    Ok(Inside {
        facts: facts_of(&mut db, by.group()).await?,
        belonging,
        unlogged: over.into_iter().next(),
        next,
        agenda,
        goals: queries::goals(&mut db, by, since).await?,
        elements: queries::elements(&mut db, program_id, group_id).await?,
        coverage: queries::coverage(&mut db, program_id, group_id).await?,
        trips: queries::trips(&mut db, by, since).await?,
        products: queries::products(&mut db, by).await?,
        turns: queries::turns(&mut db, program_id, group_id).await?,
        agreement: agreements::line(&mut db, by).await?,
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
