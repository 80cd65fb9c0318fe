//! Every statement that writes `groups` and `memberships`.
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId, PersonId, ProgramId},
    text,
};
use sqlx::PgConnection;
use time::Date;

/// Someone who belongs to a group now and takes part.
#[derive(Debug, Clone)]
pub struct OpenMember {
    pub participation_id: ParticipationId,
    pub person_id: PersonId,
    pub name: String,
    pub email: String,
    /// IANA name.
    pub time_zone: String,
    pub joined_on: Date,
}

impl OpenMember {
    /// What the others call them.
    pub fn first_name(&self) -> &str {
        text::first_name(&self.name)
    }
}

/// The open members of a launched group, by name.
///
/// # Errors
/// When the database does not answer.
pub async fn open_members(db: &mut PgConnection, program_id: ProgramId, group_id: GroupId) -> Result<Vec<OpenMember>> {
    Ok(sqlx::query_as!(
        OpenMember,
        r#"select t.id as "participation_id: ParticipationId", p.id as "person_id: PersonId", p.name, p.email, p.time_zone,
                  m.joined_on as "joined_on!"
           from memberships m
           join participations t on t.program_id = m.program_id and t.id = m.participation_id
           join people p on p.id = t.person_id
           where m.program_id = $1 and m.group_id = $2 and m.joined_on is not null and m.left_on is null
             and t.state = 'joined'
           order by p.name, t.id"#,
        program_id as ProgramId,
        group_id as GroupId
    )
    .fetch_all(db)
    .await?)
}
