//! Every statement that writes `goal_notes`, and what is read of the goal they stand under.
use super::model::{NewNote, NoteKind};
use crate::base::{
    error::Result,
    ids::{GoalId, GoalNoteId, GroupId, ParticipationId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// The goal that notes stand under.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) title: String,
    /// `None`: the group's.
    pub(super) owner_id: Option<ParticipationId>,
    pub(super) is_open: bool,
    pub(super) worded_at: OffsetDateTime,
}

pub(super) async fn head(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
    id: GoalId,
) -> Result<Option<Head>> {
    Ok(sqlx::query_as!(
        Head,
        r#"select g.title, g.owner_id as "owner_id?: ParticipationId", g.state in ('draft', 'agreed') as "is_open!",
                  g.worded_at
           from goals g where g.program_id = $1 and g.group_id = $2 and g.id = $3"#,
        program_id as ProgramId,
        group_id as GroupId,
        id as GoalId
    )
    .fetch_optional(db)
    .await?)
}

#[derive(Debug)]
pub(crate) struct NoteRow {
    pub(crate) id: GoalNoteId,
    pub(crate) written_by: ParticipationId,
    pub(crate) writer_name: String,
    pub(crate) kind: NoteKind,
    pub(crate) words: String,
    pub(crate) written_at: OffsetDateTime,
}

/// The notes on a goal, the newest first.
pub(super) async fn notes(db: &mut PgConnection, program_id: ProgramId, goal_id: GoalId) -> Result<Vec<NoteRow>> {
    Ok(sqlx::query_as!(
        NoteRow,
        r#"select n.id as "id: GoalNoteId", n.written_by as "written_by: ParticipationId", p.name as writer_name,
                  n.kind as "kind: NoteKind", n.words, n.written_at
           from goal_notes n
           join participations t on t.program_id = n.program_id and t.id = n.written_by
           join people p on p.id = t.person_id
           where n.program_id = $1 and n.goal_id = $2
           order by n.written_at desc, n.id desc"#,
        program_id as ProgramId,
        goal_id as GoalId
    )
    .fetch_all(db)
    .await?)
}

/// Changes nothing when a note with this id is there already.
pub(super) async fn insert(
    db: &mut PgConnection,
    (program_id, group_id): (ProgramId, GroupId),
    by: ParticipationId,
    new: &NewNote,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "insert into goal_notes (program_id, id, group_id, goal_id, written_by, kind, words, written_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (program_id, id) do nothing",
        program_id as ProgramId,
        new.id as GoalNoteId,
        group_id as GroupId,
        new.goal_id as GoalId,
        by as ParticipationId,
        new.kind as NoteKind,
        new.words,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// `false` when this person has no such note on this goal.
pub(super) async fn delete(
    db: &mut PgConnection,
    program_id: ProgramId,
    by: ParticipationId,
    (goal_id, id): (GoalId, GoalNoteId),
) -> Result<bool> {
    let done = sqlx::query!(
        "delete from goal_notes where program_id = $1 and goal_id = $2 and id = $3 and written_by = $4",
        program_id as ProgramId,
        goal_id as GoalId,
        id as GoalNoteId,
        by as ParticipationId
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
