//! Every statement that writes `next_programs`.
use crate::access::ProgramState;
use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A program that was started from one.
#[derive(Debug)]
pub(super) struct Next {
    pub(super) id: ProgramId,
    pub(super) by_name: String,
    pub(super) started_at: OffsetDateTime,
}

/// What was started from a program, the last first.
pub(super) async fn started(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<Next>> {
    Ok(sqlx::query_as!(
        Next,
        r#"select n.next_id as "id: ProgramId", p.name as by_name, n.started_at
           from next_programs n join people p on p.id = n.started_by
           where n.program_id = $1 order by n.started_at desc, n.next_id desc limit 20"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// The name of a program and how far it is, as seen by somebody who may coordinate it.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) state: ProgramState,
    pub(super) is_mine: bool,
}

pub(super) async fn named(db: &mut PgConnection, id: ProgramId, me: PersonId) -> Result<Option<Named>> {
    Ok(sqlx::query_as!(
        Named,
        r#"select name, state as "state: ProgramState",
                  exists (select from coordinators where program_id = $1 and person_id = $2) as "is_mine!"
           from programs where id = $1"#,
        id as ProgramId,
        me as PersonId
    )
    .fetch_optional(db)
    .await?)
}

/// Remembers what was started.
pub(super) async fn insert(
    db: &mut PgConnection,
    program_id: ProgramId,
    next_id: ProgramId,
    (by, now): (PersonId, OffsetDateTime),
) -> Result<()> {
    sqlx::query!(
        "insert into next_programs (program_id, next_id, started_by, started_at) values ($1, $2, $3, $4)",
        program_id as ProgramId,
        next_id as ProgramId,
        by as PersonId,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}
