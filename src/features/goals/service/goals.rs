//! Writing and closing a goal.
use super::super::{
    model::{self, GoalState},
    queries::{self, Ending, NewGoal},
};
use super::{hold, today};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{ElementId, GoalId, GoalNoteId, ParticipationId},
    words,
};
use crate::features::{
    elements::{self, NewElements},
    goal_notes::{self, NewNote, NoteKind},
    goal_versions::{self, Wording},
    groups,
};
use crate::web::state::App;
use time::Date;

/// A goal as its writer gives it.
#[derive(Debug)]
pub(in super::super) struct Written {
    pub(in super::super) id: GoalId,
    /// The group's, else the writer's own.
    pub(in super::super) for_group: bool,
    pub(in super::super) wording: Wording,
    /// Whom each element is about, and its title.
    pub(in super::super) elements: Vec<(ParticipationId, String)>,
}

#[derive(Debug, PartialEq, Eq)]
pub(in super::super) enum Wrote {
    Done,
    /// An element is about somebody who is not in the group.
    Stranger,
}

/// Writes a goal, which is a draft at first. A group's goal has its writer's yes by that.
pub(in super::super) async fn write(app: &App, by: &GroupMember, new: &Written) -> Result<Wrote> {
    let now = app.clock.now();
    let me = by.participation_id();
    let mut tx = app.db.begin().await?;
    let members = groups::open_members(&mut tx, by.program_id(), by.group_id()).await?;
    let belongs = |id: ParticipationId| members.iter().any(|member| member.participation_id == id);
    if !new.elements.iter().all(|(about, _)| belongs(*about) && (new.for_group || *about == me)) {
        return Ok(Wrote::Stranger);
    }
    let owner_id = (!new.for_group).then_some(me);
    let goal = NewGoal { id: new.id, group_id: by.group_id(), owner_id, by: me, wording: &new.wording };
    if !queries::insert_goal(&mut tx, by.program_id(), &goal, now).await? {
        return Ok(Wrote::Done);
    }
    let ids: Vec<ElementId> = new.elements.iter().map(|_| ElementId::generate()).collect();
    let (about, titles): (Vec<ParticipationId>, Vec<String>) = new.elements.iter().cloned().unzip();
    let elements = NewElements {
        group_id: by.group_id(),
        goal_id: new.id,
        by: me,
        ids: &ids,
        about: &about,
        titles: &titles,
        today: today(by, now),
    };
    elements::insert_elements(&mut tx, by.program_id(), &elements, now).await?;
    if new.for_group {
        goal_versions::add_agreement(&mut tx, by.program_id(), new.id, me, now).await?;
        if members.len() == 1 {
            queries::mark_agreed(&mut tx, by.program_id(), new.id, today(by, now)).await?;
        }
    }
    tx.commit().await?;
    Ok(Wrote::Done)
}

#[derive(Debug, PartialEq, Eq)]
pub(in super::super) enum Closed {
    Done,
    /// It was closed before.
    Before,
    /// A draft can only be dropped.
    NotAgreed,
}

/// Closes a goal: a personal one by its owner, a group's by any member.
pub(in super::super) async fn close(
    app: &App,
    by: &GroupMember,
    id: GoalId,
    how: GoalState,
    reflection: &str,
) -> Result<Closed> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let seen = hold(&mut tx, by, id, now).await?;
    if seen.is_anothers(by) {
        return Err(AppError::NotAllowed("a personal goal is its owner's to close"));
    }
    if !seen.goal.state.is_open() {
        return Ok(Closed::Before);
    }
    if !model::can_end(seen.goal.state, how) {
        return Ok(Closed::NotAgreed);
    }
    let ending = Ending { how, reflection: reflection.to_owned(), on: seen.today };
    queries::end_goal(&mut tx, by.program_id(), id, &ending).await?;
    goal_versions::drop_proposal(&mut tx, by.program_id(), id).await?;
    tx.commit().await?;
    Ok(Closed::Done)
}

/// Gives an agreed goal whose date has passed another one: a personal one by its owner, a group's by any
/// member. What was agreed to be reached stays, so nobody is asked again; a note keeps both dates.
pub(in super::super) async fn postpone(app: &App, by: &GroupMember, id: GoalId, to: Date) -> Result<bool> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let seen = hold(&mut tx, by, id, now).await?;
    if seen.is_anothers(by) {
        return Err(AppError::NotAllowed("a personal goal is its owner's to postpone"));
    }
    let Some(was) = seen.goal.target_on.filter(|day| seen.goal.state == GoalState::Agreed && *day < seen.today) else {
        return Ok(false);
    };
    queries::postpone(&mut tx, by.program_id(), id, to).await?;
    let words = format!("More time: until {} instead of {}.", words::day_and_year(to), words::day_and_year(was));
    let note = NewNote { id: GoalNoteId::generate(), goal_id: id, kind: NoteKind::Note, words };
    goal_notes::add(&mut tx, by, &[note], now).await?;
    tx.commit().await?;
    Ok(true)
}
