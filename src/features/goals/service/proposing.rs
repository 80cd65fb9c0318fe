//! Proposing what feedback may be about.
use super::{hold, today};
use crate::access::GroupMember;
use crate::base::{
    error::Result,
    ids::{ElementId, GoalId, ParticipationId},
};
use crate::features::elements::{self, ElementState, MOST_ELEMENTS, NewElements};
use crate::web::state::App;

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
    let there = elements::of_goal(&mut tx, by.program_id(), goal_id).await?;
    if there.iter().any(|element| element.id == proposal.id) {
        return Ok(Proposed::Before);
    }
    let live: Vec<_> =
        there.iter().filter(|e| e.about_id == person.participation_id && e.state != ElementState::Retired).collect();
    if live.iter().any(|element| elements::same_title(&element.title, &proposal.title)) {
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
    elements::insert_elements(&mut tx, by.program_id(), &new, now).await?;
    tx.commit().await?;
    Ok(if person.participation_id == me { Proposed::Agreed } else { Proposed::Waits(person.name.clone()) })
}
