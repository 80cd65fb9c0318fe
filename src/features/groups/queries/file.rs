//! Groups and who is in them, for a file.
use crate::base::{error::Result, ids::ProgramId};
use sqlx::PgConnection;
use time::Date;

/// A group with one of its members; a group without any comes once.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) group: String,
    pub(crate) focus: String,
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    /// `None` while the member is only planned.
    pub(crate) since: Option<Date>,
}

/// The open groups of a program with their open and planned members.
pub(crate) async fn with_members(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<Listed>> {
    Ok(sqlx::query_as!(
        Listed,
        r#"select g.name as "group", g.focus, p.name as "name?", p.email as "email?", m.joined_on as "since?"
           from groups g
           left join memberships m on m.program_id = $1 and m.group_id = g.id and m.left_on is null
           left join participations t on t.program_id = $1 and t.id = m.participation_id
           left join people p on p.id = t.person_id
           where g.program_id = $1 and g.closed_on is null
           order by g.name, g.id, p.name, m.id"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}
