//! Goals with who agreed to them, their elements and products, as the archive file holds them.
use super::model::GoalState;
use crate::base::{
    error::Result,
    ids::{GoalId, GroupId, ParticipationId, ProgramId},
    portable::{Day, Frame, Key, Moment},
};
use crate::features::{
    elements::{self, archive::Element},
    goal_notes::{self, archive::Note},
    goal_versions::{self, archive::Agreement, archive::Version},
    products::{self, archive::Product},
};
use serde::Deserialize;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What a group, or one of its members, works on.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    pub key: Key<GoalId>,
    pub group: Key<GroupId>,
    /// Whose goal it is; nobody's own is the group's.
    pub owner: Option<Key<ParticipationId>>,
    pub title: String,
    pub statement: String,
    #[serde(default)]
    pub measure: String,
    pub target_on: Option<Day>,
    pub state: GoalState,
    pub created_by: Key<ParticipationId>,
    pub created_at: Moment,
    /// When its present words were put down, where that was later.
    pub worded_at: Option<Moment>,
    pub agreed_on: Option<Day>,
    pub closed_on: Option<Day>,
    #[serde(default)]
    pub reflection: String,
    #[serde(default)]
    pub agreements: Vec<Agreement>,
    /// What it said before, and what is proposed that it says.
    #[serde(default)]
    pub versions: Vec<Version>,
    #[serde(default)]
    pub elements: Vec<Element>,
    #[serde(default)]
    pub products: Vec<Product>,
    #[serde(default)]
    pub notes: Vec<Note>,
}

/// Adds goals with all that stands under them.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert(db: &mut PgConnection, frame: &Frame, goals: &[Goal]) -> Result<()> {
    for goal in goals {
        insert_goal(db, frame, goal).await?;
        let under = (frame.id(&goal.group), frame.id(&goal.key));
        goal_versions::archive::insert_agreements(db, frame, under.1, &goal.agreements).await?;
        goal_versions::archive::insert(db, frame, under, &goal.versions).await?;
        elements::archive::insert(db, frame, under, &goal.elements).await?;
        goal_notes::archive::insert(db, frame, under, &goal.notes).await?;
        products::archive::insert(db, frame, under, &goal.products).await?;
    }
    Ok(())
}

async fn insert_goal(db: &mut PgConnection, frame: &Frame, goal: &Goal) -> Result<()> {
    sqlx::query!(
        "insert into goals (program_id, id, group_id, owner_id, title, statement, measure, target_on, state, created_by,
            created_at, agreed_on, closed_on, reflection, worded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        frame.program_id as ProgramId,
        frame.id(&goal.key) as GoalId,
        frame.id(&goal.group) as GroupId,
        frame.id_of(goal.owner.as_ref()) as Option<ParticipationId>,
        goal.title,
        goal.statement,
        goal.measure,
        goal.target_on.map(|day| frame.day(day)),
        goal.state as GoalState,
        frame.id(&goal.created_by) as ParticipationId,
        frame.moment(goal.created_at),
        goal.agreed_on.map(|day| frame.day(day)),
        goal.closed_on.map(|day| frame.day(day)),
        goal.reflection,
        worded_at(frame, goal)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A group's goal was put down with its first yes, which is its writer's.
fn worded_at(frame: &Frame, goal: &Goal) -> OffsetDateTime {
    let first = goal.agreements.iter().filter(|_| goal.owner.is_none()).map(|one| frame.moment(one.agreed_at)).min();
    let said = goal.worded_at.map(|at| frame.moment(at));
    said.or(first).unwrap_or_else(|| frame.moment(goal.created_at))
}
