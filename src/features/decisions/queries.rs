//! Every statement that writes `program_decisions`.
use super::model::{Component, Decision, Verdict};
use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What is decided about a program.
///
/// # Errors
/// When the database does not answer.
pub async fn of_program(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<Decision>> {
    Ok(sqlx::query_as!(
        Decision,
        r#"select d.component as "component: Component", d.verdict as "verdict: Verdict", d.why, p.name as by_name,
                  d.decided_at
           from program_decisions d join people p on p.id = d.decided_by
           where d.program_id = $1 order by d.component"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// Puts a decision in the place of the one that stood. Who calls holds the program.
pub(super) async fn decide(
    db: &mut PgConnection,
    program_id: ProgramId,
    (component, verdict, why): (Component, Verdict, &str),
    (by, now): (PersonId, OffsetDateTime),
) -> Result<()> {
    sqlx::query!(
        "insert into program_decisions (program_id, component, verdict, why, decided_by, decided_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (program_id, component) do update
         set verdict = excluded.verdict, why = excluded.why, decided_by = excluded.decided_by,
             decided_at = excluded.decided_at",
        program_id as ProgramId,
        component as Component,
        verdict as Verdict,
        why,
        by as PersonId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
