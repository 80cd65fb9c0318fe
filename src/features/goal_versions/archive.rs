//! Who agreed to goals, what they said before, and what is proposed for them, as the archive file holds it under
//! its goal.
use crate::base::{
    error::Result,
    ids::{GoalId, GoalVersionId, GroupId, ParticipationId, ProgramId},
    portable::{Day, Frame, Key, Moment},
};
use serde::Deserialize;
use sqlx::PgConnection;

/// Someone said yes to a goal, or to one version of its words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    pub participation: Key<ParticipationId>,
    pub agreed_at: Moment,
}

/// What a goal said until a day, or what somebody proposes that it says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    pub title: String,
    pub statement: String,
    #[serde(default)]
    pub measure: String,
    pub target_on: Option<Day>,
    pub worded_at: Moment,
    /// Of words that are proposed; then there is no day on which others took their place.
    pub proposed_by: Option<Key<ParticipationId>>,
    pub replaced_on: Option<Day>,
    #[serde(default)]
    pub agreements: Vec<Agreement>,
}

/// Adds who agreed to a goal as it is worded.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert_agreements(
    db: &mut PgConnection,
    frame: &Frame,
    goal_id: GoalId,
    agreements: &[Agreement],
) -> Result<()> {
    for agreement in agreements {
        sqlx::query!(
            "insert into goal_agreements (program_id, goal_id, participation_id, agreed_at) values ($1, $2, $3, $4)",
            frame.program_id as ProgramId,
            goal_id as GoalId,
            frame.id(&agreement.participation) as ParticipationId,
            frame.moment(agreement.agreed_at)
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// Adds the other versions of one goal of a group.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert(
    db: &mut PgConnection,
    frame: &Frame,
    (group_id, goal_id): (GroupId, GoalId),
    versions: &[Version],
) -> Result<()> {
    for version in versions {
        let id = GoalVersionId::generate();
        sqlx::query!(
            "insert into goal_versions (program_id, id, group_id, goal_id, title, statement, measure, target_on, worded_at,
                proposed_by, replaced_on)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            frame.program_id as ProgramId,
            id as GoalVersionId,
            group_id as GroupId,
            goal_id as GoalId,
            version.title,
            version.statement,
            version.measure,
            version.target_on.map(|day| frame.day(day)),
            frame.moment(version.worded_at),
            frame.id_of(version.proposed_by.as_ref()) as Option<ParticipationId>,
            version.replaced_on.map(|day| frame.day(day))
        )
        .execute(&mut *db)
        .await?;
        for agreement in &version.agreements {
            sqlx::query!(
                "insert into goal_version_answers (program_id, version_id, participation_id, agreed_at)
                 values ($1, $2, $3, $4)",
                frame.program_id as ProgramId,
                id as GoalVersionId,
                frame.id(&agreement.participation) as ParticipationId,
                frame.moment(agreement.agreed_at)
            )
            .execute(&mut *db)
            .await?;
        }
    }
    Ok(())
}
