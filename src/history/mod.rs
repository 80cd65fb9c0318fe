//! Who did what in a program. Rows are only added. Acts that only a group may know of
//! (feedback, drafts, notes) leave none.
use crate::base::{
    error::Result,
    ids::{PersonId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Who acted.
#[derive(Debug, Clone, Copy)]
pub enum Actor {
    Person(PersonId),
    /// By the link of one request; a supervisor is not a person here.
    Supervisor,
    System,
}

/// One act, in a word of its own ("`program_opened`").
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    pub actor: Actor,
    pub action: &'a str,
    pub object_id: Uuid,
}

/// Adds one row to the history of a program.
///
/// # Errors
/// When the database does not answer.
pub async fn record(db: &mut PgConnection, program_id: ProgramId, act: Act<'_>, now: OffsetDateTime) -> Result<()> {
    let (kind, person) = match act.actor {
        Actor::Person(id) => ("person", Some(id.0)),
        Actor::Supervisor => ("supervisor", None),
        Actor::System => ("system", None),
    };
    sqlx::query!(
        "insert into history (program_id, id, actor_id, actor_kind, action, object_id, at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        program_id as ProgramId,
        Uuid::now_v7(),
        person,
        kind,
        act.action,
        act.object_id,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// When the newest of these acts was done to an object, and which it was.
///
/// # Errors
/// When the database does not answer.
pub async fn newest_of(
    db: &mut PgConnection,
    program_id: ProgramId,
    object_id: Uuid,
    actions: &[String],
) -> Result<Option<Done>> {
    Ok(sqlx::query_as!(
        Done,
        "select action, at from history where program_id = $1 and object_id = $2 and action = any ($3)
         order by id desc limit 1",
        program_id as ProgramId,
        object_id,
        actions
    )
    .fetch_optional(db)
    .await?)
}

/// An act as it stands in the history.
#[derive(Debug)]
pub struct Done {
    pub action: String,
    pub at: OffsetDateTime,
}

/// Adds one row per object, all of one act of one person.
///
/// # Errors
/// When the database does not answer.
pub async fn record_all(
    db: &mut PgConnection,
    program_id: ProgramId,
    (by, action): (PersonId, &str),
    objects: &[Uuid],
    now: OffsetDateTime,
) -> Result<()> {
    let ids: Vec<Uuid> = objects.iter().map(|_| Uuid::now_v7()).collect();
    sqlx::query!(
        "insert into history (program_id, id, actor_id, actor_kind, action, object_id, at)
         select $1, new.id, $2, 'person', $3, new.object_id, $4
         from unnest($5::uuid[], $6::uuid[]) as new (id, object_id)",
        program_id as ProgramId,
        by as PersonId,
        action,
        now,
        &ids,
        objects
    )
    .execute(db)
    .await?;
    Ok(())
}
