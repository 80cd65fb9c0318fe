//! Every statement that writes `earlier_lessons` and `earlier_programs`.
use super::model::{Hindsight, NewLesson};
use crate::base::{
    error::Result,
    ids::{EarlierLessonId, PersonId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A lesson, and its answer if there is one.
#[derive(Debug)]
pub(super) struct Lesson {
    pub(super) id: EarlierLessonId,
    pub(super) kind: Hindsight,
    pub(super) words: String,
    pub(super) origin: String,
    pub(super) came_along: bool,
    pub(super) taken_up: Option<bool>,
    pub(super) answer: String,
    pub(super) by_name: Option<String>,
    pub(super) answered_at: Option<OffsetDateTime>,
}

impl Lesson {
    /// What a page that shows it has seen of its answer.
    pub(super) fn seen(&self) -> String {
        self.answered_at.map_or_else(String::new, |at| (at.unix_timestamp_nanos() / 1_000).to_string())
    }
}

/// The lessons a program begins with, in their order.
pub(super) async fn lessons(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<Lesson>> {
    Ok(sqlx::query_as!(
        Lesson,
        r#"select l.id as "id: EarlierLessonId", l.kind as "kind: Hindsight", l.words, l.origin, l.came_along, l.taken_up,
                  l.answer, p.name as "by_name?", l.answered_at
           from earlier_lessons l left join people p on p.id = l.answered_by
           where l.program_id = $1 order by l.position, l.id"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// How far the lessons of a program are.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    pub all: i64,
    pub unanswered: i64,
    /// The program they come from, where it was started from one.
    pub from: Option<String>,
}

/// How many lessons a program begins with, and how many of them have no answer.
///
/// # Errors
/// When the database does not answer.
pub async fn standing(db: &mut PgConnection, program_id: ProgramId) -> Result<Standing> {
    Ok(sqlx::query_as!(
        Standing,
        r#"select count(*) as "all!", count(*) filter (where answered_at is null) as "unanswered!",
                  (select name from earlier_programs where program_id = $1) as "from"
           from earlier_lessons where program_id = $1"#,
        program_id as ProgramId
    )
    .fetch_one(db)
    .await?)
}

/// How many lessons have no answer.
///
/// # Errors
/// When the database does not answer.
pub async fn unanswered(db: &mut PgConnection, program_id: ProgramId) -> Result<usize> {
    let open = standing(db, program_id).await?.unanswered;
    Ok(usize::try_from(open).unwrap_or_default())
}

/// Adds a lesson after the others; changes nothing when it is there. Who calls holds the program.
pub(super) async fn insert(
    db: &mut PgConnection,
    program_id: ProgramId,
    (new, came_along): (&NewLesson, bool),
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "insert into earlier_lessons (program_id, id, kind, words, origin, came_along, position, added_at)
         select $1, $2, $3, $4, $5, $6, coalesce(max(position), 0) + 1, $7 from earlier_lessons where program_id = $1
         on conflict (program_id, id) do nothing",
        program_id as ProgramId,
        new.id as EarlierLessonId,
        new.kind as Hindsight,
        new.words,
        new.origin,
        came_along,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Has a new program begin with the lessons of another.
///
/// # Errors
/// When the database does not answer.
pub async fn take_along(
    db: &mut PgConnection,
    program_id: ProgramId,
    lessons: &[NewLesson],
    now: OffsetDateTime,
) -> Result<()> {
    for lesson in lessons {
        insert(db, program_id, (lesson, true), now).await?;
    }
    Ok(())
}

/// Answers a lesson, also anew; `false` when the program has no such lesson.
pub(super) async fn answer(
    db: &mut PgConnection,
    (program_id, id): (ProgramId, EarlierLessonId),
    (taken_up, answer): (bool, &str),
    (by, now): (PersonId, OffsetDateTime),
) -> Result<bool> {
    let done = sqlx::query!(
        "update earlier_lessons set taken_up = $3, answer = $4, answered_by = $5, answered_at = $6
         where program_id = $1 and id = $2",
        program_id as ProgramId,
        id as EarlierLessonId,
        taken_up,
        answer,
        by as PersonId,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes away a lesson that was typed in; `false` when there is none.
pub(super) async fn delete(db: &mut PgConnection, program_id: ProgramId, id: EarlierLessonId) -> Result<bool> {
    let done = sqlx::query!(
        "delete from earlier_lessons where program_id = $1 and id = $2 and not came_along",
        program_id as ProgramId,
        id as EarlierLessonId
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Remembers which program a new one was started from.
///
/// # Errors
/// When the database does not answer.
pub async fn follow(db: &mut PgConnection, program_id: ProgramId, (id, name): (ProgramId, &str)) -> Result<()> {
    sqlx::query!(
        "insert into earlier_programs (program_id, earlier_id, name) values ($1, $2, $3) on conflict do nothing",
        program_id as ProgramId,
        id as ProgramId,
        name
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The program that one was started from.
#[derive(Debug)]
pub(super) struct Earlier {
    pub(super) id: ProgramId,
    pub(super) name: String,
}

pub(super) async fn earlier(db: &mut PgConnection, program_id: ProgramId) -> Result<Option<Earlier>> {
    Ok(sqlx::query_as!(
        Earlier,
        r#"select earlier_id as "id: ProgramId", name from earlier_programs where program_id = $1"#,
        program_id as ProgramId
    )
    .fetch_optional(db)
    .await?)
}

/// Whether somebody coordinates a program, and so can open it.
pub(super) async fn coordinates(db: &mut PgConnection, program_id: ProgramId, who: PersonId) -> Result<bool> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from coordinators where program_id = $1 and person_id = $2) as "does!""#,
        program_id as ProgramId,
        who as PersonId
    )
    .fetch_one(db)
    .await?)
}
