//! Commands on suggestions: having one worked out, looking at it, changing it, using or dropping it.
mod change;
mod gather;
mod view;

pub(super) use super::queries::Draft;
pub(super) use change::{Moved, Target, Used, drop_it, move_to, use_it};
pub(super) use view::{View, view};

use super::{model::DraftState, queries};
use crate::access::ProgramCoordinator;
use crate::base::{
    error::{AppError, Result},
    ids::SuggestionId,
};
use crate::features::{
    groups,
    matching::{STOP, Weights},
};
use crate::history::{self, Act, Actor};
use crate::web::state::App;
use sqlx::PgConnection;
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};
use time::{Duration, OffsetDateTime};

/// Work of which nothing was heard for this long was cut off.
const CUT_OFF: Duration = Duration::minutes(1);
/// How often progress is noted.
const BEAT: std::time::Duration = std::time::Duration::from_millis(400);

/// What a coordinator asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub(super) seed: i32,
    pub(super) weights: Weights,
}

/// Begins a suggestion in place of the open one, if any; `None` when the program forms no groups now.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn start(app: &App, by: &ProgramCoordinator, asked: Asked) -> Result<Option<SuggestionId>> {
    let now = app.clock.now();
    let id = SuggestionId::generate();
    let mut tx = app.db.begin().await?;
    let settings = groups::hold(&mut tx, by.program_id()).await?;
    if !settings.state.takes_people() {
        return Ok(None);
    }
    queries::drop_open(&mut tx, by.program_id()).await?;
    let wanted = (asked.seed, asked.weights, by.program().meeting_minutes);
    queries::insert(&mut tx, (by.program_id(), id), by.viewer().person_id(), wanted, now).await?;
    note(&mut tx, by, "groups_suggested", id, now).await?;
    tx.commit().await?;
    Ok(Some(id))
}

/// Works out a suggestion that was begun. When it fails, the suggestion is dropped.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn work_out(app: &App, by: &ProgramCoordinator, id: SuggestionId) -> Result<()> {
    let done = try_to_work_out(app, by, id).await;
    if done.is_err() {
        let mut db = app.db.acquire().await?;
        queries::give_up(&mut db, by.program_id(), id).await?;
    }
    done
}

async fn try_to_work_out(app: &App, by: &ProgramCoordinator, id: SuggestionId) -> Result<()> {
    let key = (by.program_id(), id);
    let (draft, gathered) = {
        let mut db = app.db.acquire().await?;
        let draft = queries::find(&mut db, by.program_id(), id).await?.ok_or(AppError::NotFound)?;
        (draft, gather::gather(&mut db, by, app.clock.now()).await?)
    };
    let progress = Arc::new(AtomicU32::new(0));
    let told = Arc::clone(&progress);
    let mut search = tokio::task::spawn_blocking(move || {
        gather::find(&gathered, draft.seed, draft.weights, draft.meeting_minutes, &told)
    });
    let found = loop {
        if let Ok(found) = tokio::time::timeout(BEAT, &mut search).await {
            break found.map_err(AppError::internal)?;
        }
        let part = i32::try_from(progress.load(Ordering::Relaxed).min(99)).unwrap_or(0);
        let waited_for = match app.db.acquire().await {
            Ok(mut db) => queries::note_progress(&mut db, key, part, app.clock.now()).await.unwrap_or(true),
            // The database may be back before the search ends.
            Err(_) => true,
        };
        if !waited_for {
            progress.store(STOP, Ordering::Relaxed);
        }
    };
    let mut tx = app.db.begin().await?;
    if queries::finish(&mut tx, by.program_id(), id).await? {
        queries::keep_seats(&mut tx, by.program_id(), id, &found.seats).await?;
        queries::keep_obstacles(&mut tx, by.program_id(), id, &found.obstacles).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Whether nothing was heard of the work for so long that it was cut off.
pub(super) fn cut_off(draft: &Draft, now: OffsetDateTime) -> bool {
    draft.state == DraftState::Working && draft.alive_at < now - CUT_OFF
}

/// The program's last suggestion, if it had one.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn latest(app: &App, by: &ProgramCoordinator) -> Result<Option<Draft>> {
    let mut db = app.db.acquire().await?;
    queries::latest(&mut db, by.program_id()).await
}

async fn note(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    action: &str,
    id: SuggestionId,
    now: OffsetDateTime,
) -> Result<()> {
    let act = Act { actor: Actor::Person(by.viewer().person_id()), action, object_id: id.0 };
    history::record(db, by.program_id(), act, now).await
}
