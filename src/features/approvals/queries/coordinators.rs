//! The coordinators, as letters reach them.
use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId},
};
use sqlx::PgConnection;

/// A coordinator, and the program they are written to about.
#[derive(Debug)]
pub(crate) struct Addressee {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) program_name: String,
    pub(crate) institution: String,
    /// The program's, an IANA name.
    pub(crate) time_zone: String,
    /// The person's own.
    pub(crate) own_zone: String,
}

/// `None` once this person no longer coordinates the program.
pub(crate) async fn addressee(
    db: &mut PgConnection,
    program_id: ProgramId,
    person_id: PersonId,
) -> Result<Option<Addressee>> {
    Ok(sqlx::query_as!(
        Addressee,
        r#"select p.name, p.email, g.name as program_name, g.institution, g.time_zone, p.time_zone as own_zone
           from coordinators c join people p on p.id = c.person_id join programs g on g.id = c.program_id
           where c.program_id = $1 and c.person_id = $2"#,
        program_id as ProgramId,
        person_id as PersonId
    )
    .fetch_optional(db)
    .await?)
}

/// Who coordinates a program, the longest-serving first.
pub(crate) async fn coordinators(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<PersonId>> {
    Ok(sqlx::query_scalar!(
        r#"select person_id as "person_id: PersonId" from coordinators where program_id = $1 order by since, person_id"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}
