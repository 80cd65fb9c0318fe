//! Goals with who agreed to them, their elements and products, as the archive file holds them.
use super::model::{ElementState, GoalState};
use crate::base::{
    error::Result,
    ids::{ElementId, GoalId, GroupId, ParticipationId, ProgramId},
    portable::{Day, Frame, Key, Moment},
};
use crate::features::products::{self, archive::Product};
use serde::Deserialize;
use sqlx::PgConnection;

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
    pub agreed_on: Option<Day>,
    pub closed_on: Option<Day>,
    #[serde(default)]
    pub reflection: String,
    #[serde(default)]
    pub agreements: Vec<Agreement>,
    #[serde(default)]
    pub elements: Vec<Element>,
    #[serde(default)]
    pub products: Vec<Product>,
}

/// Someone said yes to a goal as it is worded.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    pub participation: Key<ParticipationId>,
    pub agreed_at: Moment,
}

/// Something that feedback to one person may be about.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Element {
    pub key: Key<ElementId>,
    pub about: Key<ParticipationId>,
    pub title: String,
    pub state: ElementState,
    pub proposed_by: Key<ParticipationId>,
    pub proposed_at: Moment,
    pub agreed_on: Option<Day>,
    pub retired_on: Option<Day>,
}

/// Adds goals with all that stands under them.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert(db: &mut PgConnection, frame: &Frame, goals: &[Goal]) -> Result<()> {
    for goal in goals {
        insert_goal(db, frame, goal).await?;
        for agreement in &goal.agreements {
            sqlx::query!(
                "insert into goal_agreements (program_id, goal_id, participation_id, agreed_at) values ($1, $2, $3, $4)",
                frame.program_id as ProgramId,
                frame.id(&goal.key) as GoalId,
                frame.id(&agreement.participation) as ParticipationId,
                frame.moment(agreement.agreed_at)
            )
            .execute(&mut *db)
            .await?;
        }
        for element in &goal.elements {
            insert_element(db, frame, goal, element).await?;
        }
        products::archive::insert(db, frame, (frame.id(&goal.group), frame.id(&goal.key)), &goal.products).await?;
    }
    Ok(())
}

async fn insert_goal(db: &mut PgConnection, frame: &Frame, goal: &Goal) -> Result<()> {
    sqlx::query!(
        "insert into goals (program_id, id, group_id, owner_id, title, statement, measure, target_on, state, created_by,
            created_at, agreed_on, closed_on, reflection)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
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
        goal.reflection
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn insert_element(db: &mut PgConnection, frame: &Frame, goal: &Goal, element: &Element) -> Result<()> {
    sqlx::query!(
        "insert into elements (program_id, id, group_id, goal_id, about_id, title, state, proposed_by, proposed_at,
            agreed_on, retired_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        frame.program_id as ProgramId,
        frame.id(&element.key) as ElementId,
        frame.id(&goal.group) as GroupId,
        frame.id(&goal.key) as GoalId,
        frame.id(&element.about) as ParticipationId,
        element.title,
        element.state as ElementState,
        frame.id(&element.proposed_by) as ParticipationId,
        frame.moment(element.proposed_at),
        element.agreed_on.map(|day| frame.day(day)),
        element.retired_on.map(|day| frame.day(day))
    )
    .execute(db)
    .await?;
    Ok(())
}
