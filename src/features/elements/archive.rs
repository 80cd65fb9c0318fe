//! Elements, as the archive file holds them under their goal.
use super::model::ElementState;
use crate::base::{
    error::Result,
    ids::{ElementId, GoalId, GroupId, ParticipationId, ProgramId},
    portable::{Day, Frame, Key, Moment},
};
use serde::Deserialize;
use sqlx::PgConnection;

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
    /// When its person showed it to those who came later.
    #[serde(default)]
    pub shown_at: Option<Moment>,
}

/// Adds the elements of one goal of a group.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert(
    db: &mut PgConnection,
    frame: &Frame,
    (group_id, goal_id): (GroupId, GoalId),
    elements: &[Element],
) -> Result<()> {
    for element in elements {
        sqlx::query!(
            "insert into elements (program_id, id, group_id, goal_id, about_id, title, state, proposed_by, proposed_at,
                agreed_on, retired_on, shown_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            frame.program_id as ProgramId,
            frame.id(&element.key) as ElementId,
            group_id as GroupId,
            goal_id as GoalId,
            frame.id(&element.about) as ParticipationId,
            element.title,
            element.state as ElementState,
            frame.id(&element.proposed_by) as ParticipationId,
            frame.moment(element.proposed_at),
            element.agreed_on.map(|day| frame.day(day)),
            element.retired_on.map(|day| frame.day(day)),
            element.shown_at.map(|at| frame.moment(at))
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}
