//! Every statement that writes `programs`, `themes`, `coordinators` and `person_programs`.
use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId},
};
use sqlx::PgConnection;
use time::Date;

/// Notes that a person has to do with a program, so that it is found from them.
///
/// # Errors
/// When the database does not answer.
pub async fn remember(db: &mut PgConnection, person_id: PersonId, program_id: ProgramId) -> Result<()> {
    sqlx::query!(
        "insert into person_programs (person_id, program_id) values ($1, $2) on conflict do nothing",
        person_id as PersonId,
        program_id as ProgramId
    )
    .execute(db)
    .await?;
    Ok(())
}

/// `open → active`; `false` when the program was not open.
///
/// # Errors
/// When the database does not answer.
pub async fn launch(db: &mut PgConnection, program_id: ProgramId, today: Date) -> Result<bool> {
    let done = sqlx::query!(
        "update programs set state = 'active', launched_on = $2 where id = $1 and state = 'open'",
        program_id as ProgramId,
        today
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
