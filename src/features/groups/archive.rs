//! Groups and who belonged to them, as the archive file holds them.
pub use super::model::Closing;
use crate::base::{
    error::Result,
    ids::{GroupId, MembershipId, ParticipationId, ProgramId},
    portable::{Day, Frame, Key, Moment},
};
use serde::Deserialize;
use sqlx::PgConnection;

/// A few peers who meet.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub key: Key<GroupId>,
    pub name: String,
    #[serde(default)]
    pub focus: String,
    pub home_time_zone: String,
    pub meeting_minutes: i32,
    pub created_at: Moment,
    pub closed_on: Option<Day>,
    pub closed_how: Option<Closing>,
    pub memberships: Vec<Membership>,
}

/// From the day of joining to the day before leaving; without a day of joining, planned for launch.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    pub key: Key<MembershipId>,
    pub participation: Key<ParticipationId>,
    pub joined_on: Option<Day>,
    pub left_on: Option<Day>,
}

/// Adds groups with their memberships.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert(db: &mut PgConnection, frame: &Frame, groups: &[Group]) -> Result<()> {
    for group in groups {
        sqlx::query!(
            "insert into groups (program_id, id, name, focus, home_time_zone, meeting_minutes, created_at, closed_on,
                closed_how)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            frame.program_id as ProgramId,
            frame.id(&group.key) as GroupId,
            group.name,
            group.focus,
            group.home_time_zone,
            group.meeting_minutes,
            frame.moment(group.created_at),
            group.closed_on.map(|day| frame.day(day)),
            group.closed_how as Option<Closing>
        )
        .execute(&mut *db)
        .await?;
        for membership in &group.memberships {
            sqlx::query!(
                "insert into memberships (program_id, id, group_id, participation_id, joined_on, left_on)
                 values ($1, $2, $3, $4, $5, $6)",
                frame.program_id as ProgramId,
                frame.id(&membership.key) as MembershipId,
                frame.id(&group.key) as GroupId,
                frame.id(&membership.participation) as ParticipationId,
                membership.joined_on.map(|day| frame.day(day)),
                membership.left_on.map(|day| frame.day(day))
            )
            .execute(&mut *db)
            .await?;
        }
    }
    Ok(())
}
