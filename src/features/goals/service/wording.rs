//! Changing what a goal says, and agreeing to it.
use super::super::{
    model::{self, GoalState},
    queries,
};
use super::{hold_words, see};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::GoalId,
    local_time::day_in,
};
use crate::features::{
    elements::{self, ElementState},
    goal_versions::{self, Consent, NewProposal, Wording},
};
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;

#[derive(Debug)]
pub(in super::super) enum Edited {
    Done,
    /// The others are asked whether these words take the place of those in force.
    Proposed,
    /// The goal says this already.
    InForce,
    Closed,
    /// Somebody else changed the words; this is how they stand now.
    Stale(Wording),
}

/// Changes the words of a goal: a personal one by its owner, a group's by any member, who thereby agrees to
/// them, while all others are asked. A draft says something else at once; what is agreed holds until the
/// others agree too, and is kept. `mark` is of the words the form was drawn with.
pub(in super::super) async fn edit(
    app: &App,
    by: &GroupMember,
    id: GoalId,
    mark: &str,
    wording: &Wording,
) -> Result<Edited> {
    let (now, program_id, me) = (app.clock.now(), by.program_id(), by.participation_id());
    let mut tx = app.db.begin().await?;
    let seen = hold_words(&mut tx, by, id, now).await?;
    if seen.is_anothers(by) {
        return Err(AppError::NotAllowed("a personal goal is its owner's to write"));
    }
    if !seen.goal.state.is_open() {
        return Ok(Edited::Closed);
    }
    let (present, base) = (seen.goal.wording(), seen.newest());
    if base == *wording || present == *wording {
        return Ok(Edited::InForce);
    }
    if base.mark() != mark {
        return Ok(Edited::Stale(base));
    }
    let own = seen.goal.owner_id.is_some();
    if seen.goal.state == GoalState::Agreed && !own {
        goal_versions::propose(&mut tx, by, &NewProposal { goal_id: id, wording }, now).await?;
        settle(&mut tx, by, id, now).await?;
        tx.commit().await?;
        return Ok(Edited::Proposed);
    }
    if seen.goal.state == GoalState::Agreed {
        goal_versions::keep(&mut tx, program_id, id, seen.today).await?;
    }
    queries::reword(&mut tx, program_id, id, (wording, now)).await?;
    if !own {
        goal_versions::forget_agreements(&mut tx, program_id, id).await?;
    }
    if !own || seen.goal.state == GoalState::Agreed {
        goal_versions::add_agreement(&mut tx, program_id, id, me, now).await?;
    }
    tx.commit().await?;
    Ok(Edited::Done)
}

/// Lets what is proposed take the place of the words in force, if nobody who is asked blocks it any more.
async fn settle(db: &mut PgConnection, by: &GroupMember, id: GoalId, now: OffsetDateTime) -> Result<bool> {
    let seen = see(db, by, id, now).await?;
    let Some(proposal) = &seen.proposal else { return Ok(false) };
    let worded_on = day_in(&by.program().time_zone, proposal.worded_at);
    let agreed = seen.asked.iter().filter(|member| proposal.said_yes.contains(&member.participation_id)).count();
    if goal_versions::consent(agreed, seen.asked.len(), worded_on, seen.today) == Consent::Waits {
        return Ok(false);
    }
    goal_versions::adopt(db, by.program_id(), id, proposal, seen.today).await?;
    queries::reword(db, by.program_id(), id, (&proposal.wording, proposal.worded_at)).await?;
    Ok(true)
}

/// Takes back what is proposed: whoever asked for it, or anybody once they have left. `false` when nothing is.
pub(in super::super) async fn take_back(app: &App, by: &GroupMember, id: GoalId) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    let seen = hold_words(&mut tx, by, id, app.clock.now()).await?;
    let Some(proposal) = &seen.proposal else { return Ok(false) };
    let is_there = seen.asked.iter().any(|member| member.participation_id == proposal.proposed_by);
    if is_there && proposal.proposed_by != by.participation_id() {
        return Err(AppError::NotAllowed("what somebody proposed is theirs to take back"));
    }
    goal_versions::drop_proposal(&mut tx, by.program_id(), id).await?;
    tx.commit().await?;
    Ok(true)
}

#[derive(Debug, PartialEq, Eq)]
pub(in super::super) enum Agreed {
    /// The goal is agreed now.
    Now,
    /// Other words hold now.
    NewWords,
    /// Noted; others have not answered.
    Noted,
    /// It needs one to six agreed elements first.
    NeedsElements,
    /// The words are not those that were read.
    Reworded,
    Closed,
}

/// One member's yes, to the words in force or to those that are proposed, as `mark` says. A personal goal is
/// agreed by its owner; a group's by its members, where whoever has not answered for 14 days no longer blocks.
pub(in super::super) async fn agree(app: &App, by: &GroupMember, id: GoalId, mark: &str) -> Result<Agreed> {
    let (now, program_id, me) = (app.clock.now(), by.program_id(), by.participation_id());
    let mut tx = app.db.begin().await?;
    let seen = hold_words(&mut tx, by, id, now).await?;
    if seen.is_anothers(by) {
        return Err(AppError::NotAllowed("a personal goal is its owner's to agree"));
    }
    if !seen.goal.state.is_open() {
        return Ok(Agreed::Closed);
    }
    if let Some(proposal) = seen.proposal.as_ref().filter(|one| one.wording.mark() == mark) {
        goal_versions::answer(&mut tx, program_id, proposal, me, now).await?;
        let settled = settle(&mut tx, by, id, now).await?;
        tx.commit().await?;
        return Ok(if settled { Agreed::NewWords } else { Agreed::Noted });
    }
    if !seen.is_readable || seen.goal.wording().mark() != mark {
        return Ok(Agreed::Reworded);
    }
    if seen.goal.owner_id.is_some() {
        let elements = elements::of_goal(&mut tx, program_id, id).await?;
        let agreed = elements.iter().filter(|e| e.about_id == me && e.state == ElementState::Agreed).count();
        if !model::personal_goal_is_ready(agreed) {
            return Ok(Agreed::NeedsElements);
        }
    }
    goal_versions::add_agreement(&mut tx, program_id, id, me, now).await?;
    let agreements = goal_versions::agreements(&mut tx, program_id, id).await?;
    let settled = seen.is_own(by) || seen.consent(&agreements) != Consent::Waits;
    if settled {
        queries::mark_agreed(&mut tx, program_id, id, seen.today).await?;
    }
    tx.commit().await?;
    Ok(if settled { Agreed::Now } else { Agreed::Noted })
}
