//! What the members of a group do with their goals. Every open member may do the same things;
//! only what is about one person is theirs alone to agree.
mod goals;
mod products;
mod proposing;
mod wording;

pub(super) use goals::*;
pub(super) use products::*;
pub(super) use proposing::*;
pub(super) use wording::*;

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
    goal_versions::{self, Consent, Earlier, Wording},
    groups::{self, OpenMember},
    library::{self, Library},
    products::{ProductRow, of_goal},
};
use crate::web::state::App;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// A goal and the members who read it.
#[derive(Debug)]
pub(super) struct Seen {
    /// Without its words where this member came later.
    pub(super) goal: GoalRow,
    /// Open members who belonged to the group when this was worded; the others do not read it.
    pub(super) readers: Vec<OpenMember>,
    /// Whether this member is one of them.
    pub(super) is_readable: bool,
    /// Other words for it, where this member belonged when they were proposed.
    pub(super) proposal: Option<goal_versions::Proposal>,
    /// Open members who belonged then.
    pub(super) asked: Vec<OpenMember>,
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
    /// What it is proposed to say, else what it says.
    pub(super) fn newest(&self) -> Wording {
        self.proposal.as_ref().map_or_else(|| self.goal.wording(), |one| one.wording.clone())
    }
    /// How far the group is with agreeing, given everyone who said yes.
    pub(super) fn consent(&self, agreements: &[ParticipationId]) -> Consent {
        let agreed = self.readers.iter().filter(|member| agreements.contains(&member.participation_id)).count();
        goal_versions::consent(agreed, self.readers.len(), self.worded_on, self.today)
    }
}

fn today(by: &GroupMember, now: OffsetDateTime) -> Date {
    day_in(&by.program().time_zone, now)
}

/// The goal, if this member may read it or is asked about other words for it.
async fn see(db: &mut PgConnection, by: &GroupMember, id: GoalId, now: OffsetDateTime) -> Result<Seen> {
    let mut goal = queries::goal(db, by.program_id(), by.group_id(), id).await?.ok_or(AppError::NotFound)?;
    let proposal = goal_versions::proposal(db, by.program_id(), id).await?.filter(|one| by.belonged_at(one.worded_at));
    let members = groups::open_members(db, by.program_id(), by.group_id()).await?;
    let day = |at| day_in(&by.program().time_zone, at);
    let worded_on = day(goal.worded_at);
    let owner = goal.owner_id;
    let reads = |id, joined_on| goal_versions::is_readable(worded_on, joined_on, owner == Some(id));
    let is_readable = reads(by.participation_id(), by.joined_on());
    if !is_readable {
        if proposal.is_none() {
            return Err(AppError::NotFound);
        }
        goal = GoalRow { title: String::new(), statement: String::new(), measure: String::new(), ..goal };
    }
    let asked_on = proposal.as_ref().map(|one| day(one.worded_at));
    let asked = members.iter().filter(|member| asked_on.is_some_and(|on| member.joined_on <= on)).cloned().collect();
    let readers = members.into_iter().filter(|member| reads(member.participation_id, member.joined_on)).collect();
    Ok(Seen { goal, readers, is_readable, proposal, asked, worded_on, today: today(by, now) })
}

/// The same where this member reads the words in force, and nobody else changes the goal until the
/// transaction ends.
async fn hold(db: &mut PgConnection, by: &GroupMember, id: GoalId, now: OffsetDateTime) -> Result<Seen> {
    let seen = hold_words(db, by, id, now).await?;
    if seen.is_readable { Ok(seen) } else { Err(AppError::NotFound) }
}

/// The same where this member reads the words in force or those that are proposed.
async fn hold_words(db: &mut PgConnection, by: &GroupMember, id: GoalId, now: OffsetDateTime) -> Result<Seen> {
    queries::hold_goal(db, by.program_id(), by.group_id(), id).await?;
    see(db, by, id, now).await
}

/// Everything on a goal's page.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) seen: Seen,
    /// Everyone who belongs now.
    pub(super) members: Vec<OpenMember>,
    pub(super) agreements: Vec<ParticipationId>,
    /// What it said before, the newest first; without the words where this member came later.
    pub(super) earlier: Vec<Earlier>,
    pub(super) elements: Vec<ElementRow>,
    /// Own agreed elements that some have not seen who came later, with their first names.
    pub(super) unseen: Vec<(ElementId, String)>,
    pub(super) library: Library,
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
        earlier: goal_versions::read_earlier(&mut db, by, id, seen.is_own(by)).await?,
        agreements: goal_versions::agreements(&mut db, by.program_id(), id).await?,
        seen,
        members,
        elements,
        unseen,
        library: library::of_program(&mut db, by.program_id()).await?,
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
    pub(super) library: Library,
    pub(super) today: Date,
}

pub(super) async fn blank(app: &App, by: &GroupMember) -> Result<Blank> {
    let mut db = app.db.acquire().await?;
    Ok(Blank {
        members: groups::open_members(&mut db, by.program_id(), by.group_id()).await?,
        library: library::of_program(&mut db, by.program_id()).await?,
        has: queries::has_goals(&mut db, by.program_id(), by.group_id(), by.participation_id()).await?,
        today: today(by, app.clock.now()),
    })
}
