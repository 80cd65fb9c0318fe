//! Every statement that writes `lessons` and `lesson_sources`.
use crate::access::ProgramState;
use crate::base::{
    error::Result,
    ids::{LessonId, PersonId, ProgramId, RetrospectiveLineId},
    secret::{hex, sha256},
};
use crate::features::earlier_lessons::Hindsight;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A lesson as its coordinators see it.
#[derive(Debug)]
pub(super) struct Lesson {
    pub(super) id: LessonId,
    pub(super) kind: Hindsight,
    pub(super) words: String,
    pub(super) published_at: Option<OffsetDateTime>,
    /// It was chosen from a line.
    pub(super) has_source: bool,
    /// That line, as long as its author shares it.
    pub(super) source: Option<String>,
    pub(super) source_group: Option<String>,
}

impl Lesson {
    /// What a page that shows it has seen of it.
    pub(super) fn seen(&self) -> String {
        hex(&sha256(format!("{} {}", self.kind.as_str(), self.words).as_bytes()))
    }
}

/// What the line says that a lesson came from, shared or not.
pub(super) async fn source_line(db: &mut PgConnection, program_id: ProgramId, id: LessonId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar!(
        "select r.words from lesson_sources s
         join retrospective_lines r on r.program_id = $1 and r.id = s.line_id
         where s.program_id = $1 and s.lesson_id = $2 limit 1",
        program_id as ProgramId,
        id as LessonId
    )
    .fetch_optional(db)
    .await?)
}

/// The lessons of a program, in their order.
pub(super) async fn lessons(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<Lesson>> {
    Ok(sqlx::query_as!(
        Lesson,
        r#"select l.id as "id: LessonId", l.kind as "kind: Hindsight", l.words, l.published_at,
                  s.line_id is not null as "has_source!", r.words as "source?", g.name as "source_group?"
           from lessons l
           left join lesson_sources s on s.program_id = l.program_id and s.lesson_id = l.id
           left join retrospective_lines r on r.program_id = s.program_id and r.id = s.line_id and r.shared_at is not null
           left join groups g on g.program_id = r.program_id and g.id = r.group_id
           where l.program_id = $1 order by l.position, l.id"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// What a program learned, as others read it.
#[derive(Debug, Clone)]
pub(crate) struct Learned {
    pub(crate) kind: Hindsight,
    pub(crate) words: String,
}

/// Every lesson, for the program that follows.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn all(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<Learned>> {
    Ok(sqlx::query_as!(
        Learned,
        r#"select kind as "kind: Hindsight", words from lessons where program_id = $1 order by position, id"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// What is published.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn published(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<Learned>> {
    Ok(sqlx::query_as!(
        Learned,
        r#"select kind as "kind: Hindsight", words from lessons
           where program_id = $1 and published_at is not null order by position, id"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// How many lessons a program has.
pub(super) async fn count(db: &mut PgConnection, program_id: ProgramId) -> Result<i64> {
    Ok(sqlx::query_scalar!(r#"select count(*) as "n!" from lessons where program_id = $1"#, program_id as ProgramId)
        .fetch_one(db)
        .await?)
}

/// What anyone may know of a program whose lessons are published.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) name: String,
    pub(super) institution: String,
    pub(super) state: ProgramState,
}

pub(super) async fn program(db: &mut PgConnection, id: ProgramId) -> Result<Option<Program>> {
    Ok(sqlx::query_as!(
        Program,
        r#"select name, institution, state as "state: ProgramState" from programs where id = $1"#,
        id as ProgramId
    )
    .fetch_optional(db)
    .await?)
}

/// A lesson as it is written down.
#[derive(Debug)]
pub(super) struct NewLesson {
    pub(super) id: LessonId,
    pub(super) kind: Hindsight,
    pub(super) words: String,
    /// The line it was chosen from.
    pub(super) source: Option<RetrospectiveLineId>,
}

/// Adds a lesson after the others; `false` when it is there. Who calls holds the program.
pub(super) async fn insert(
    db: &mut PgConnection,
    program_id: ProgramId,
    new: &NewLesson,
    (by, now): (PersonId, OffsetDateTime),
) -> Result<bool> {
    let done = sqlx::query!(
        "insert into lessons (program_id, id, kind, words, position, chosen_by, chosen_at)
         select $1, $2, $3, $4, coalesce(max(position), 0) + 1, $5, $6 from lessons where program_id = $1
         on conflict (program_id, id) do nothing",
        program_id as ProgramId,
        new.id as LessonId,
        new.kind as Hindsight,
        new.words,
        by as PersonId,
        now
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    if let Some(line) = new.source {
        sqlx::query!(
            "insert into lesson_sources (program_id, lesson_id, line_id) values ($1, $2, $3) on conflict do nothing",
            program_id as ProgramId,
            new.id as LessonId,
            line as RetrospectiveLineId
        )
        .execute(db)
        .await?;
    }
    Ok(true)
}

/// Rewords a lesson; `false` when there is none.
pub(super) async fn update(
    db: &mut PgConnection,
    program_id: ProgramId,
    (id, kind, words): (LessonId, Hindsight, &str),
) -> Result<bool> {
    let done = sqlx::query!(
        "update lessons set kind = $3, words = $4 where program_id = $1 and id = $2",
        program_id as ProgramId,
        id as LessonId,
        kind as Hindsight,
        words
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives the lessons of a program these places.
pub(super) async fn put_in_order(db: &mut PgConnection, program_id: ProgramId, ids: &[LessonId]) -> Result<()> {
    sqlx::query!(
        "update lessons l set position = new.position
         from unnest($2::uuid[]) with ordinality as new (id, position)
         where l.program_id = $1 and l.id = new.id",
        program_id as ProgramId,
        ids as &[LessonId]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Publishes a lesson, or no longer; `false` when it was so before, or there is none.
pub(super) async fn publish(
    db: &mut PgConnection,
    program_id: ProgramId,
    (id, on): (LessonId, bool),
    now: OffsetDateTime,
) -> Result<bool> {
    let done = sqlx::query!(
        "update lessons set published_at = case when $3 then $4::timestamptz end
         where program_id = $1 and id = $2 and (published_at is not null) <> $3",
        program_id as ProgramId,
        id as LessonId,
        on,
        now
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// `false` when there is none.
pub(super) async fn delete(db: &mut PgConnection, program_id: ProgramId, id: LessonId) -> Result<bool> {
    let done =
        sqlx::query!("delete from lessons where program_id = $1 and id = $2", program_id as ProgramId, id as LessonId)
            .execute(db)
            .await?;
    Ok(done.rows_affected() == 1)
}
