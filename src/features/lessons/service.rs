//! Choosing lessons, putting them in order, publishing them.
pub(super) use super::queries::{Learned, Lesson, NewLesson, Program};
use super::{
    model::{MOST_LESSONS, is_same_wording, may_publish, may_write},
    queries,
};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::{
    error::{AppError, Result},
    ids::{LessonId, PersonId, ProgramId, RetrospectiveLineId},
};
use crate::features::{
    decisions,
    earlier_lessons::Hindsight,
    programs,
    retrospectives::{self, A_PAGE, SharedLine},
};
use crate::history::{self, Act, Actor};
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What the coordinators' page shows.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) lessons: Vec<Lesson>,
    pub(super) look_back: LookBack,
    pub(super) shared: Vec<SharedLine>,
    /// Where the next page of shared lines begins.
    pub(super) next: Option<RetrospectiveLineId>,
    /// The line that a lesson is to be made of.
    pub(super) line: Option<SharedLine>,
}

/// # Errors
/// When the database does not answer.
pub(super) async fn read(
    app: &App,
    by: &ProgramCoordinator,
    (below, line): (Option<RetrospectiveLineId>, Option<RetrospectiveLineId>),
) -> Result<Whole> {
    let id = by.program_id();
    let mut db = app.db.acquire().await?;
    let most = i64::try_from(A_PAGE + 1).map_err(AppError::internal)?;
    let mut shared = retrospectives::shared(&mut db, id, below, most).await?;
    let more = shared.len() > A_PAGE;
    shared.truncate(A_PAGE);
    Ok(Whole {
        lessons: queries::lessons(&mut db, id).await?,
        look_back: look_back(&mut db, id).await?,
        next: shared.last().filter(|_| more).map(|last| last.id),
        shared,
        line: match line {
            Some(line) => retrospectives::shared_line(&mut db, id, line).await?,
            None => None,
        },
    })
}

/// How far a program's look back is, in figures alone.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LookBack {
    /// Groups that have shown each other their lines.
    pub(crate) looked_back: usize,
    pub(crate) groups: usize,
    /// Of five.
    pub(crate) decided: usize,
    pub(crate) lessons: usize,
}

/// # Errors
/// When the database does not answer.
pub(crate) async fn look_back(db: &mut PgConnection, program_id: ProgramId) -> Result<LookBack> {
    let (looked_back, groups) = retrospectives::looked_back(db, program_id).await?;
    Ok(LookBack {
        looked_back,
        groups,
        decided: decisions::of_program(db, program_id).await?.len(),
        lessons: usize::try_from(queries::count(db, program_id).await?).unwrap_or_default(),
    })
}

/// What anyone reads: the program, and what it publishes.
///
/// # Errors
/// `NotFound` when nothing is published.
pub(super) async fn public(app: &App, id: ProgramId) -> Result<(Program, Vec<Learned>)> {
    let mut db = app.db.acquire().await?;
    let program = queries::program(&mut db, id).await?.ok_or(AppError::NotFound)?;
    let published = queries::published(&mut db, id).await?;
    if !program.state.was_launched() || published.is_empty() {
        return Err(AppError::NotFound);
    }
    Ok((program, published))
}

/// What became of a command.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Done,
    /// It was so before.
    Before,
    /// There are as many as there may be.
    Full,
    /// It says what the line says, word for word.
    NotOwnWords,
    /// The author has taken the line back.
    LineGone,
    /// Not in this state of the program.
    NotNow,
    /// The same form was sent before, with other words.
    Another,
    /// Somebody else reworded it since the page was drawn: what it says, and what a page that shows that has seen.
    Meanwhile(String, String),
    /// Somebody deleted it since the page was drawn.
    Removed,
}

async fn note(
    db: &mut PgConnection,
    program_id: ProgramId,
    (by, action): (PersonId, &str),
    (id, now): (LessonId, OffsetDateTime),
) -> Result<()> {
    history::record(db, program_id, Act { actor: Actor::Person(by), action, object_id: id.0 }, now).await
}

/// Writes a lesson down, from a line or new. Sent twice, it is there once.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn add(app: &App, by: &ProgramCoordinator, new: &NewLesson) -> Result<Outcome> {
    let (program_id, now, me) = (by.program_id(), app.clock.now(), by.viewer().person_id());
    let mut tx = app.db.begin().await?;
    if !may_write(programs::lock(&mut tx, program_id).await?) {
        return Ok(Outcome::NotNow);
    }
    let lessons = queries::lessons(&mut tx, program_id).await?;
    if let Some(before) = lessons.iter().find(|one| one.id == new.id) {
        let same = before.kind == new.kind && before.words == new.words;
        return Ok(if same { Outcome::Before } else { Outcome::Another });
    }
    if queries::count(&mut tx, program_id).await? >= MOST_LESSONS {
        return Ok(Outcome::Full);
    }
    if let Some(line) = new.source
        && retrospectives::shared_line(&mut tx, program_id, line).await?.is_none()
    {
        return Ok(Outcome::LineGone);
    }
    if is_of_a_line(&mut tx, program_id, &new.words).await? {
        return Ok(Outcome::NotOwnWords);
    }
    if queries::insert(&mut tx, program_id, new, (me, now)).await? {
        note(&mut tx, program_id, (me, "lesson_chosen"), (new.id, now)).await?;
    }
    tx.commit().await?;
    Ok(Outcome::Done)
}

/// Whether some shared line says just this.
async fn is_of_a_line(db: &mut PgConnection, program_id: ProgramId, words: &str) -> Result<bool> {
    let shared = retrospectives::shared(db, program_id, None, i64::MAX).await?;
    Ok(shared.iter().any(|line| is_same_wording(words, &line.words)))
}

/// Rewords a lesson of which the page showed `seen`.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn change(
    app: &App,
    by: &ProgramCoordinator,
    (id, kind, words): (LessonId, Hindsight, &str),
    seen: &str,
) -> Result<Outcome> {
    let program_id = by.program_id();
    let mut tx = app.db.begin().await?;
    if !may_write(programs::lock(&mut tx, program_id).await?) {
        return Ok(Outcome::NotNow);
    }
    let lessons = queries::lessons(&mut tx, program_id).await?;
    let Some(lesson) = lessons.into_iter().find(|lesson| lesson.id == id) else { return Ok(Outcome::Removed) };
    if lesson.kind == kind && lesson.words == words {
        return Ok(Outcome::Done);
    }
    if lesson.seen() != seen {
        let seen = lesson.seen();
        return Ok(Outcome::Meanwhile(lesson.words, seen));
    }
    let source = queries::source_line(&mut tx, program_id, id).await?;
    if source.is_some_and(|line| is_same_wording(words, &line)) || is_of_a_line(&mut tx, program_id, words).await? {
        return Ok(Outcome::NotOwnWords);
    }
    queries::update(&mut tx, program_id, (id, kind, words)).await?;
    note(&mut tx, program_id, (by.viewer().person_id(), "lesson_changed"), (id, app.clock.now())).await?;
    tx.commit().await?;
    Ok(Outcome::Done)
}

/// Moves a lesson one place up or down.
///
/// # Errors
/// `NotFound` when the program has no such lesson.
pub(super) async fn put(app: &App, by: &ProgramCoordinator, id: LessonId, up: bool) -> Result<Outcome> {
    let program_id = by.program_id();
    let mut tx = app.db.begin().await?;
    if !may_publish(programs::lock(&mut tx, program_id).await?) {
        return Ok(Outcome::NotNow);
    }
    let mut ids: Vec<LessonId> = queries::lessons(&mut tx, program_id).await?.into_iter().map(|one| one.id).collect();
    let at = ids.iter().position(|one| *one == id).ok_or(AppError::NotFound)?;
    let Some(to) = (if up { at.checked_sub(1) } else { Some(at + 1) }).filter(|to| *to < ids.len()) else {
        return Ok(Outcome::Before);
    };
    ids.swap(at, to);
    queries::put_in_order(&mut tx, program_id, &ids).await?;
    tx.commit().await?;
    Ok(Outcome::Done)
}

/// Publishes a lesson, or no longer.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn publish(app: &App, by: &ProgramCoordinator, id: LessonId, on: bool) -> Result<Outcome> {
    let (program_id, now) = (by.program_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    if !may_publish(programs::lock(&mut tx, program_id).await?) {
        return Ok(Outcome::NotNow);
    }
    if !queries::publish(&mut tx, program_id, (id, on), now).await? {
        return Ok(Outcome::Before);
    }
    let action = if on { "lesson_published" } else { "lesson_unpublished" };
    note(&mut tx, program_id, (by.viewer().person_id(), action), (id, now)).await?;
    tx.commit().await?;
    Ok(Outcome::Done)
}

/// Takes a lesson away.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn remove(app: &App, by: &ProgramCoordinator, id: LessonId) -> Result<Outcome> {
    let (program_id, now) = (by.program_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    if !may_write(programs::lock(&mut tx, program_id).await?) {
        return Ok(Outcome::NotNow);
    }
    if !queries::delete(&mut tx, program_id, id).await? {
        return Ok(Outcome::Before);
    }
    note(&mut tx, program_id, (by.viewer().person_id(), "lesson_removed"), (id, now)).await?;
    tx.commit().await?;
    Ok(Outcome::Done)
}

/// Whether the next program can be started from one in this state.
#[must_use]
pub(super) const fn has_next(state: ProgramState) -> bool {
    matches!(state, ProgramState::Closing | ProgramState::Archived)
}
