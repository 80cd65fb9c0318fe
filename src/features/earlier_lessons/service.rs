//! Answering lessons, and typing in those of a program that ran elsewhere.
use super::{
    model::{MOST_LESSONS, NewLesson},
    queries::{self, Earlier, Lesson},
};
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::{
    error::{AppError, Result},
    ids::EarlierLessonId,
};
use crate::features::programs;
use crate::history::{self, Act, Actor};
use crate::web::state::App;

/// What the page shows.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) lessons: Vec<Lesson>,
    pub(super) earlier: Option<Earlier>,
    /// The reader coordinates the program before, and can open it.
    pub(super) opens_earlier: bool,
}

/// # Errors
/// When the database does not answer.
pub(super) async fn read(app: &App, by: &ProgramCoordinator) -> Result<Whole> {
    let mut db = app.db.acquire().await?;
    let earlier = queries::earlier(&mut db, by.program_id()).await?;
    let opens_earlier = match &earlier {
        Some(earlier) => queries::coordinates(&mut db, earlier.id, by.viewer().person_id()).await?,
        None => false,
    };
    Ok(Whole { lessons: queries::lessons(&mut db, by.program_id()).await?, earlier, opens_earlier })
}

/// Lessons are typed in and taken away before the groups begin.
pub(super) const fn takes_lessons(state: ProgramState) -> bool {
    matches!(state, ProgramState::Draft | ProgramState::Open)
}

/// What became of adding one.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Added {
    Done,
    /// There are as many as there may be.
    Full,
    /// The groups have begun.
    Late,
    /// The same form was sent before, with other words.
    Another,
}

/// Adds a lesson that was typed in. Sent twice, it is added once.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn add(app: &App, by: &ProgramCoordinator, new: &NewLesson) -> Result<Added> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    if !takes_lessons(programs::lock(&mut tx, by.program_id()).await?) {
        return Ok(Added::Late);
    }
    let lessons = queries::lessons(&mut tx, by.program_id()).await?;
    if let Some(before) = lessons.iter().find(|one| one.id == new.id) {
        let same = (before.kind, &before.words, &before.origin) == (new.kind, &new.words, &new.origin);
        return Ok(if same { Added::Done } else { Added::Another });
    }
    if queries::standing(&mut tx, by.program_id()).await?.all >= MOST_LESSONS {
        return Ok(Added::Full);
    }
    queries::insert(&mut tx, by.program_id(), (new, false), now).await?;
    tx.commit().await?;
    Ok(Added::Done)
}

/// What became of an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answered {
    Done,
    /// Somebody else answered since the page was drawn: who and what, and what a page that shows that has seen.
    Meanwhile(String, String),
    /// The program has ended.
    Ended,
}

/// Answers a lesson of which the page showed `seen`.
///
/// # Errors
/// `NotFound` when the program has no such lesson.
pub(super) async fn answer(
    app: &App,
    by: &ProgramCoordinator,
    id: EarlierLessonId,
    (taken_up, words): (bool, &str),
    seen: &str,
) -> Result<Answered> {
    let (program_id, now, me) = (by.program_id(), app.clock.now(), by.viewer().person_id());
    let mut tx = app.db.begin().await?;
    if programs::has_ended(programs::lock(&mut tx, program_id).await?) {
        return Ok(Answered::Ended);
    }
    let lessons = queries::lessons(&mut tx, program_id).await?;
    let stands = lessons.into_iter().find(|lesson| lesson.id == id).ok_or(AppError::NotFound)?;
    // The same answer sent twice is one answer.
    if stands.taken_up == Some(taken_up) && stands.answer == words {
        return Ok(Answered::Done);
    }
    if stands.seen() != seen {
        let seen = stands.seen();
        let who = stands.by_name.unwrap_or_default();
        let said =
            format!("{who} answered this while you typed: “{}” Save again to put yours in its place", stands.answer);
        return Ok(Answered::Meanwhile(said, seen));
    }
    queries::answer(&mut tx, (program_id, id), (taken_up, words), (me, now)).await?;
    let act = Act { actor: Actor::Person(me), action: "lesson_answered", object_id: id.0 };
    history::record(&mut tx, program_id, act, now).await?;
    tx.commit().await?;
    Ok(Answered::Done)
}

/// Takes a lesson away that was typed in; `false` when there is none, or the groups have begun.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn remove(app: &App, by: &ProgramCoordinator, id: EarlierLessonId) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    if !takes_lessons(programs::lock(&mut tx, by.program_id()).await?) {
        return Ok(false);
    }
    let done = queries::delete(&mut tx, by.program_id(), id).await?;
    tx.commit().await?;
    Ok(done)
}
