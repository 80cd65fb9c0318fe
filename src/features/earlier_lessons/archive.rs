//! Lessons that a program began with, as the archive file holds them.
use super::model::Hindsight;
use crate::base::{
    error::Result,
    ids::{EarlierLessonId, PersonId, ProgramId},
    portable::{Frame, Key, Moment},
};
use serde::Deserialize;
use sqlx::PgConnection;

/// A lesson of the program before, in the order of the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    pub kind: Hindsight,
    pub words: String,
    /// Where it was learned.
    #[serde(default)]
    pub origin: String,
    pub added_at: Moment,
    pub answer: Option<Answer>,
}

/// What is done about it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub taken_up: bool,
    pub words: String,
    pub by: Key<PersonId>,
    pub at: Moment,
}

/// Adds the lessons of a program.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert(db: &mut PgConnection, frame: &Frame, lessons: &[Lesson]) -> Result<()> {
    for (lesson, position) in lessons.iter().zip(1..) {
        let answer = lesson.answer.as_ref();
        sqlx::query!(
            "insert into earlier_lessons (program_id, id, kind, words, origin, came_along, position, added_at, taken_up,
                answer, answered_by, answered_at)
             values ($1, $2, $3, $4, $5, false, $6, $7, $8, $9, $10, $11)",
            frame.program_id as ProgramId,
            EarlierLessonId::generate() as EarlierLessonId,
            lesson.kind as Hindsight,
            lesson.words,
            lesson.origin,
            position,
            frame.moment(lesson.added_at),
            answer.map(|answer| answer.taken_up),
            answer.map_or("", |answer| answer.words.as_str()),
            answer.map(|answer| frame.person(&answer.by)) as Option<PersonId>,
            answer.map(|answer| frame.moment(answer.at))
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}
