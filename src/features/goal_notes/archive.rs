//! Notes on goals, as the archive file holds them under their goal.
use super::model::NoteKind;
use crate::base::{
    error::Result,
    ids::{GoalId, GoalNoteId, GroupId, ParticipationId, ProgramId},
    portable::{Frame, Key, Moment},
};
use serde::Deserialize;
use sqlx::PgConnection;

/// A short note, or a step that is done.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    pub written_by: Key<ParticipationId>,
    pub kind: NoteKind,
    pub words: String,
    pub written_at: Moment,
}

/// Adds the notes on one goal of a group.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert(
    db: &mut PgConnection,
    frame: &Frame,
    (group_id, goal_id): (GroupId, GoalId),
    notes: &[Note],
) -> Result<()> {
    for note in notes {
        sqlx::query!(
            "insert into goal_notes (program_id, id, group_id, goal_id, written_by, kind, words, written_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            frame.program_id as ProgramId,
            GoalNoteId::generate() as GoalNoteId,
            group_id as GroupId,
            goal_id as GoalId,
            frame.id(&note.written_by) as ParticipationId,
            note.kind as NoteKind,
            note.words,
            frame.moment(note.written_at)
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}
