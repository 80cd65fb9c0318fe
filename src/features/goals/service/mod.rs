//! What the members of a group do with their goals. Every open member may do the same things;
//! only what is about one person is theirs alone to agree.
mod goals;
mod products;
mod proposing;

pub(super) use goals::*;
pub(super) use products::*;
pub(super) use proposing::*;

use super::model::{self, Consent};
use super::queries::{self, GoalRow, HasGoals};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{ElementId, GoalId, ParticipationId},
    local_time::day_in,
    words,
};
use crate::features::{
    elements::{self, ElementRow, ElementState},
    goal_notes::{self, NoteRow},
    groups::{self, OpenMember},
    products::{ProductRow, of_goal},
};
use crate::web::state::App;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// A goal and the members who read it.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) goal: GoalRow,
    /// Open members who belonged to the group when this was worded; the others do not read it.
    pub(super) readers: Vec<OpenMember>,
    /// In the program's zone, as all dates here.
    pub(super) worded_on: Date,
    pub(super) today: Date,
}

impl Seen {
    pub(super) fn is_own(&self, by: &GroupMember) -> bool {
        self.goal.owner_id == Some(by.participation_id())
    }
    /// A personal goal of somebody else.
    fn is_anothers(&self, by: &GroupMember) -> bool {
        self.goal.owner_id.is_some_and(|owner| owner != by.participation_id())
    }
    pub(super) fn reads(&self, id: ParticipationId) -> bool {
        self.readers.iter().any(|member| member.participation_id == id)
    }
    /// How far the group is with agreeing, given everyone who said yes.
    pub(super) fn consent(&self, agreements: &[ParticipationId]) -> Consent {
        let agreed = self.readers.iter().filter(|member| agreements.contains(&member.participation_id)).count();
        model::consent(agreed, self.readers.len(), self.worded_on, self.today)
    }
}

fn today(by: &GroupMember, now: OffsetDateTime) -> Date {
    day_in(&by.program().time_zone, now)
}

/// The goal, if this member may read it.
async fn see(db: &mut PgConnection, by: &GroupMember, id: GoalId, now: OffsetDateTime) -> Result<Seen> {
    let goal = queries::goal(db, by.program_id(), by.group_id(), id).await?.ok_or(AppError::NotFound)?;
    let members = groups::open_members(db, by.program_id(), by.group_id()).await?;
    let worded_on = day_in(&by.program().time_zone, goal.worded_at);
    let reads = |id, joined_on| model::is_readable(worded_on, joined_on, goal.owner_id == Some(id));
    if !reads(by.participation_id(), by.joined_on()) {
        return Err(AppError::NotFound);
    }
    let readers = members.into_iter().filter(|member| reads(member.participation_id, member.joined_on)).collect();
    Ok(Seen { goal, readers, worded_on, today: today(by, now) })
}

/// The same, and nobody else changes the goal until the transaction ends.
async fn hold(db: &mut PgConnection, by: &GroupMember, id: GoalId, now: OffsetDateTime) -> Result<Seen> {
    queries::hold_goal(db, by.program_id(), by.group_id(), id).await?;
    see(db, by, id, now).await
}

/// Everything on a goal's page.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) seen: Seen,
    pub(super) agreements: Vec<ParticipationId>,
    pub(super) elements: Vec<ElementRow>,
    /// Own agreed elements that some have not seen who came later, with their first names.
    pub(super) unseen: Vec<(ElementId, String)>,
    pub(super) products: Vec<ProductRow>,
    /// The newest first.
    pub(super) notes: Vec<NoteRow>,
}

pub(super) async fn read(app: &App, by: &GroupMember, id: GoalId) -> Result<Whole> {
    let mut db = app.db.acquire().await?;
    let members = groups::open_members(&mut db, by.program_id(), by.group_id()).await?;
    let seen = see(&mut db, by, id, app.clock.now()).await?;
    let mut elements = elements::of_goal(&mut db, by.program_id(), id).await?;
    let mut products = of_goal(&mut db, by.program_id(), id, by.participation_id()).await?;
    elements.retain(|one| one.about_id == by.participation_id() || by.belonged_at(one.worded_at));
    let unseen = unseen(by, &elements, &members);
    products.retain(|one| one.owner_id == by.participation_id() || by.belonged_at(one.created_at));
    let notes = goal_notes::of_goal(&mut db, by, id).await?;
    Ok(Whole {
        agreements: queries::agreements(&mut db, by.program_id(), id).await?,
        seen,
        elements,
        unseen,
        products,
        notes,
    })
}

/// What is agreed about this member and was put to the group before some of its members came.
fn unseen(by: &GroupMember, elements: &[ElementRow], members: &[OpenMember]) -> Vec<(ElementId, String)> {
    let mine = elements.iter().filter(|e| e.about_id == by.participation_id() && e.state == ElementState::Agreed);
    mine.filter_map(|element| {
        let day = day_in(&by.program().time_zone, element.worded_at);
        let came: Vec<String> =
            members.iter().filter(|m| m.joined_on > day).map(|m| m.first_name().to_owned()).collect();
        (!came.is_empty()).then(|| (element.id, words::list(&came)))
    })
    .collect()
}

/// What the form of a new goal needs.
#[derive(Debug)]
pub(super) struct Blank {
    pub(super) members: Vec<OpenMember>,
    pub(super) has: HasGoals,
    pub(super) today: Date,
}

pub(super) async fn blank(app: &App, by: &GroupMember) -> Result<Blank> {
    let mut db = app.db.acquire().await?;
    Ok(Blank {
        members: groups::open_members(&mut db, by.program_id(), by.group_id()).await?,
        has: queries::has_goals(&mut db, by.program_id(), by.group_id(), by.participation_id()).await?,
        today: today(by, app.clock.now()),
    })
}
