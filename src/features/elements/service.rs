//! Answering what is proposed about oneself, retiring it, and showing it to who came later.
use super::{
    model::ElementState,
    queries::{self, OneElement},
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{ElementId, GoalId},
    local_time::day_in,
};
use crate::web::state::App;
use sqlx::PgConnection;
use time::Date;

fn today(by: &GroupMember, app: &App) -> Date {
    day_in(&by.program().time_zone, app.clock.now())
}

/// What became of an element, with the goal to go back to.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) goal_id: GoalId,
    pub(super) title: String,
    /// Otherwise it was settled before, or its goal is closed.
    pub(super) done: bool,
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
pub(super) async fn agree_element(app: &App, by: &GroupMember, id: ElementId) -> Result<Answered> {
    let mut tx = app.db.begin().await?;
    let element = own(&mut tx, by, id).await?;
    let done = element.state == ElementState::Proposed && element.goal_is_open;
    if done {
        queries::agree_element(&mut tx, by.program_id(), id, today(by, app)).await?;
        tx.commit().await?;
    }
    Ok(Answered::of(element, done))
}

/// Takes a proposal away, by the person it is about.
pub(super) async fn decline_element(app: &App, by: &GroupMember, id: ElementId) -> Result<Answered> {
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
pub(super) async fn retire_element(app: &App, by: &GroupMember, id: ElementId) -> Result<Answered> {
    let mut tx = app.db.begin().await?;
    let element = own(&mut tx, by, id).await?;
    let done = element.state == ElementState::Agreed;
    if done {
        queries::retire_element(&mut tx, by.program_id(), id, today(by, app)).await?;
        tx.commit().await?;
    }
    Ok(Answered::of(element, done))
}

/// Shows an agreed element to who came later, by the person it is about. Since when it is agreed stays.
pub(super) async fn show_element(app: &App, by: &GroupMember, id: ElementId) -> Result<Answered> {
    let mut tx = app.db.begin().await?;
    let element = own(&mut tx, by, id).await?;
    let done = element.state == ElementState::Agreed;
    if done {
        queries::show_anew(&mut tx, by.program_id(), id, app.clock.now()).await?;
        tx.commit().await?;
    }
    Ok(Answered::of(element, done))
}
