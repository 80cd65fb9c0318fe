//! Proposing what feedback may be about, and answering proposals about oneself.
use super::super::{
    model::{self, ElementState, MOST_ELEMENTS},
    queries::{self, NewElements, OneElement},
};
use super::{hold, today};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{ElementId, GoalId, ParticipationId},
};
use crate::web::state::App;
use sqlx::PgConnection;

/// An element that a member proposes.
#[derive(Debug)]
pub(in super::super) struct Proposal {
    pub(in super::super) id: ElementId,
    /// For a personal goal it is always about the owner.
    pub(in super::super) about: Option<ParticipationId>,
    pub(in super::super) title: String,
}

#[derive(Debug, PartialEq, Eq)]
pub(in super::super) enum Proposed {
    /// About the proposer, and agreed by that.
    Agreed,
    /// Waits for the person with this name.
    Waits(String),
    /// The same form came before.
    Before,
    /// There are six about this person already.
    Full(String),
    /// The same stands there already.
    There,
    Stranger,
    Closed,
}

pub(in super::super) async fn propose(
    app: &App,
    by: &GroupMember,
    goal_id: GoalId,
    proposal: &Proposal,
) -> Result<Proposed> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let seen = hold(&mut tx, by, goal_id, now).await?;
    if !seen.goal.state.is_open() {
        return Ok(Proposed::Closed);
    }
    let about = seen.goal.owner_id.or(proposal.about);
    let Some(person) = seen.readers.iter().find(|member| Some(member.participation_id) == about) else {
        return Ok(Proposed::Stranger);
    };
    let there = queries::elements(&mut tx, by.program_id(), goal_id).await?;
    if there.iter().any(|element| element.id == proposal.id) {
        return Ok(Proposed::Before);
    }
    let live: Vec<_> =
        there.iter().filter(|e| e.about_id == person.participation_id && e.state != ElementState::Retired).collect();
    if live.iter().any(|element| model::same_title(&element.title, &proposal.title)) {
        return Ok(Proposed::There);
    }
    if live.len() >= MOST_ELEMENTS {
        return Ok(Proposed::Full(person.name.clone()));
    }
    let me = by.participation_id();
    let new = NewElements {
        group_id: by.group_id(),
        goal_id,
        by: me,
        ids: &[proposal.id],
        about: &[person.participation_id],
        titles: std::slice::from_ref(&proposal.title),
        today: today(by, now),
    };
    queries::insert_elements(&mut tx, by.program_id(), &new, now).await?;
    tx.commit().await?;
    Ok(if person.participation_id == me { Proposed::Agreed } else { Proposed::Waits(person.name.clone()) })
}

/// What became of an element, with the goal to go back to.
#[derive(Debug)]
pub(in super::super) struct Answered {
    pub(in super::super) goal_id: GoalId,
    pub(in super::super) title: String,
    /// Otherwise it was settled before, or its goal is closed.
    pub(in super::super) done: bool,
}

impl Answered {
    fn of(element: OneElement, done: bool) -> Self {
        Self { goal_id: element.goal_id, title: element.title, done }
    }
}

/// An element about this member; it is theirs alone to answer.
async fn own(db: &mut PgConnection, by: &GroupMember, id: ElementId) -> Result<OneElement> {
    let element = queries::hold_element(db, by.program_id(), by.group_id(), id).await?.ok_or(AppError::NotFound)?;
    if element.about_id == by.participation_id() {
        Ok(element)
    } else {
        Err(AppError::NotAllowed("only the person it is about answers"))
    }
}

/// `proposed → agreed`, by the person it is about.
pub(in super::super) async fn agree_element(app: &App, by: &GroupMember, id: ElementId) -> Result<Answered> {
    let mut tx = app.db.begin().await?;
    let element = own(&mut tx, by, id).await?;
    let done = element.state == ElementState::Proposed && element.goal_state.is_open();
    if done {
        queries::agree_element(&mut tx, by.program_id(), id, today(by, app.clock.now())).await?;
        tx.commit().await?;
    }
    Ok(Answered::of(element, done))
}

/// Takes a proposal away, by the person it is about.
pub(in super::super) async fn decline_element(app: &App, by: &GroupMember, id: ElementId) -> Result<Answered> {
    let mut tx = app.db.begin().await?;
    let element = own(&mut tx, by, id).await?;
    let done = element.state == ElementState::Proposed;
    if done {
        queries::delete_proposal(&mut tx, by.program_id(), id).await?;
        tx.commit().await?;
    }
    Ok(Answered::of(element, done))
}

/// `agreed → retired`, by the person it is about: no feedback is asked for on it any more.
pub(in super::super) async fn retire_element(app: &App, by: &GroupMember, id: ElementId) -> Result<Answered> {
    let mut tx = app.db.begin().await?;
    let element = own(&mut tx, by, id).await?;
    let done = element.state == ElementState::Agreed;
    if done {
        queries::retire_element(&mut tx, by.program_id(), id, today(by, app.clock.now())).await?;
        tx.commit().await?;
    }
    Ok(Answered::of(element, done))
}
