//! Starting the next program.
use super::{
    model::{New, moved, still_there},
    queries,
};
use crate::access::{ProgramCoordinator, ProgramCreator, ProgramState};
use crate::base::{
    error::{AppError, Result},
    ids::{EarlierLessonId, PersonId, ProgramId},
};
use crate::features::{
    accounts,
    earlier_lessons::{self, NewLesson},
    lessons, library,
    programs::{self, Stored},
};
use crate::history::{self, Act, Actor};
use crate::mail::Mailbox;
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// The program that was started from this one and stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Started {
    pub(super) id: ProgramId,
    pub(super) name: String,
    pub(super) by_name: String,
    pub(super) at: OffsetDateTime,
    /// The reader coordinates it.
    pub(super) is_mine: bool,
}

/// What the page shows.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) stored: Stored,
    pub(super) lessons: usize,
    pub(super) started: Option<Started>,
}

/// The next program of one, unless none was started or it was cancelled.
async fn next_of(db: &mut PgConnection, program_id: ProgramId, me: PersonId) -> Result<Option<Started>> {
    for next in queries::started(db, program_id).await? {
        let named = queries::named(db, next.id, me).await?;
        if let Some(named) = named.filter(|named| named.state != ProgramState::Cancelled) {
            let (name, is_mine) = (named.name, named.is_mine);
            return Ok(Some(Started { id: next.id, name, by_name: next.by_name, at: next.started_at, is_mine }));
        }
    }
    Ok(None)
}

/// # Errors
/// When the database does not answer.
pub(super) async fn read(app: &App, by: &ProgramCoordinator) -> Result<Whole> {
    let mut db = app.db.acquire().await?;
    let id = by.program_id();
    Ok(Whole {
        stored: programs::stored(&mut db, id).await?,
        lessons: lessons::all(&mut db, id).await?.len(),
        started: next_of(&mut db, id, by.viewer().person_id()).await?,
    })
}

/// Programs that close or have ended have a next one.
pub(super) const fn may_start(state: ProgramState) -> bool {
    matches!(state, ProgramState::Closing | ProgramState::Archived)
}

/// What became of starting it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Done,
    /// Somebody else was quicker.
    Before,
    /// The program neither closes nor has ended.
    NotNow,
}

/// Makes the next program, a draft that the one who starts it coordinates. Pressed twice, there is one.
///
/// # Errors
/// `NotFound` when the id is another program's.
pub(super) async fn start(app: &App, by: &ProgramCoordinator, creator: &ProgramCreator, new: &New) -> Result<Outcome> {
    let (id, now, me) = (by.program_id(), app.clock.now(), by.viewer().person_id());
    let mut tx = app.db.begin().await?;
    if !may_start(programs::lock(&mut tx, id).await?) {
        return Ok(Outcome::NotNow);
    }
    if let Some(next) = next_of(&mut tx, id, me).await? {
        return Ok(if next.id == new.id { Outcome::Done } else { Outcome::Before });
    }
    let settings = programs::stored(&mut tx, id).await?.settings;
    let starter = Mailbox::new(by.viewer().name(), by.viewer().email());
    let contacts = still_there(&settings.contacts, accounts::is_former, starter);
    if !programs::create_in(&mut tx, creator, (new.id, &moved(&settings, new, contacts)), now).await? {
        return Err(AppError::NotFound);
    }
    library::copy(&mut tx, id, new.id, now).await?;
    let origin = &settings.what.name;
    let lesson = |one: lessons::Learned| NewLesson {
        id: EarlierLessonId::generate(),
        kind: one.kind,
        words: one.words,
        origin: origin.clone(),
    };
    let learned: Vec<NewLesson> = lessons::all(&mut tx, id).await?.into_iter().map(lesson).collect();
    earlier_lessons::take_along(&mut tx, new.id, &learned, now).await?;
    earlier_lessons::follow(&mut tx, new.id, (id, origin)).await?;
    queries::insert(&mut tx, id, new.id, (me, now)).await?;
    let act = Act { actor: Actor::Person(me), action: "next_program_started", object_id: new.id.0 };
    history::record(&mut tx, id, act, now).await?;
    tx.commit().await?;
    Ok(Outcome::Done)
}
