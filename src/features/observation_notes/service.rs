//! Noting, handing over, deleting. No row of the history tells of any of it.
use super::{
    email::NotesHanded,
    model::{Deleting, Key, Mine, Notes, Observation, OnElement, Side, Typed, deleting},
    queries,
};
use crate::access::{GroupMember, OwnPart};
use crate::base::{
    error::{AppError, Result},
    ids::{FieldTripId, GroupId},
    local_time,
};
use crate::features::off_limits;
use crate::outbox::{self, Posting};
use crate::web::state::App;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// An observation with its notes, as far as the reader may read them.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) observation: Observation,
    pub(super) me: Side,
    /// None where nothing is noted, or nothing is handed over to the reader.
    pub(super) notes: Option<Notes>,
    pub(super) elements: Vec<OnElement>,
    /// What the observed person wants left alone.
    pub(super) off_limits: Vec<String>,
    pub(super) deleting: Deleting,
    /// The reader may write now.
    pub(super) may_write: bool,
}

impl Whole {
    /// When they were handed over, as the program counts days.
    pub(super) fn handed_on(&self) -> Option<Date> {
        handed_on(&self.observation, self.notes.as_ref())
    }
}

fn handed_on(observation: &Observation, notes: Option<&Notes>) -> Option<Date> {
    notes.and_then(|notes| notes.handed_at).map(|at| local_time::day_in(&observation.time_zone, at))
}

/// What a member reads. `None`: this trip is no observation, and has no notes.
///
/// # Errors
/// `NotFound` when the group has no such trip, `NotAllowed` for anybody but the two.
pub(super) async fn read(app: &App, by: &GroupMember, id: FieldTripId) -> Result<Option<Whole>> {
    let mut db = app.db.acquire().await?;
    let group = queries::group_of(&mut db, (by.program_id(), id)).await?;
    if group != Some(by.group_id()) {
        return Err(AppError::NotFound);
    }
    read_in(&mut db, by, (by.program_id(), id), app.clock.now()).await
}

async fn read_in(db: &mut PgConnection, by: &GroupMember, key: Key, now: OffsetDateTime) -> Result<Option<Whole>> {
    let Some(observation) = queries::observation(db, key).await? else { return Ok(None) };
    let me = observation
        .side_of(by.participation_id())
        .ok_or(AppError::NotAllowed("what is noted at an observation is for the two"))?;
    let (notes, deleting) = noted(db, key, (&observation, me), now).await?;
    let shown_since = if me == Side::Observed { None } else { Some(by.joined_on()) };
    let mut elements = queries::elements(db, key, shown_since).await?;
    if notes.is_none() {
        for element in &mut elements {
            element.words.clear();
        }
    }
    Ok(Some(Whole {
        me,
        deleting,
        may_write: me == Side::Observer
            && handed_on(&observation, notes.as_ref()).is_none()
            && observation.takes_notes(now),
        off_limits: off_limits::of_person(db, key.0, observation.observed_id).await?,
        observation,
        notes,
        elements,
    }))
}

/// The notes as far as one of the two reads them, and what they may do to have them deleted.
async fn noted(
    db: &mut PgConnection,
    key: Key,
    (observation, me): (&Observation, Side),
    now: OffsetDateTime,
) -> Result<(Option<Notes>, Deleting)> {
    let notes = queries::notes(db, key).await?.filter(|notes| me == Side::Observer || notes.handed_at.is_some());
    let asked = notes.as_ref().and_then(|notes| notes.drop_asked_by).and_then(|who| observation.side_of(who));
    let handed_on = handed_on(observation, notes.as_ref());
    let deleting = match &notes {
        Some(_) => deleting(me, handed_on, asked, observation.today(now)),
        None => Deleting::Nothing,
    };
    Ok((notes, deleting))
}

/// The same, taken for this transaction.
async fn take(db: &mut PgConnection, by: &GroupMember, key: Key, now: OffsetDateTime) -> Result<Option<Whole>> {
    if queries::lock(db, key).await? != Some(by.group_id()) {
        return Err(AppError::NotFound);
    }
    read_in(db, by, key, now).await
}

/// What became of what was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    Kept,
    HandedOver,
    Deleted,
    /// The other is to agree.
    Asked,
    /// They are not to be deleted after all.
    TakenBack,
    /// It is no longer where this belongs. Nothing was changed.
    Late,
}

/// Keeps what the observer typed, and hands it over if they say so. From then on it stays as it is.
///
/// # Errors
/// `NotFound` when the group has no such trip, `NotAllowed` for anybody but the two.
pub(super) async fn write(
    app: &App,
    by: &GroupMember,
    id: FieldTripId,
    typed: &Typed,
    hands_over: bool,
) -> Result<Done> {
    let now = app.clock.now();
    let key = (by.program_id(), id);
    let mut tx = app.db.begin().await?;
    let Some(whole) = take(&mut tx, by, key, now).await? else { return Ok(Done::Late) };
    if !whole.may_write {
        return Ok(Done::Late);
    }
    let known = |element: &OnElement| typed.texts.iter().find(|(id, _)| *id == element.id).cloned();
    let typed = Typed { log: typed.log.clone(), texts: whole.elements.iter().filter_map(known).collect() };
    queries::write(&mut tx, key, &typed, hands_over, now).await?;
    if hands_over {
        let posting = Posting { program_id: Some(key.0), due_at: now, key: None };
        outbox::enqueue(&mut tx, &NotesHanded { program_id: key.0, trip_id: id }, posting).await?;
    }
    tx.commit().await?;
    Ok(if hands_over { Done::HandedOver } else { Done::Kept })
}

/// Whose notes can be deleted, and where to read how it stands.
pub(super) async fn own(app: &App, by: &OwnPart) -> Result<Vec<(Mine, Deleting)>> {
    let now = app.clock.now();
    let me = by.participation_id();
    let mine = queries::mine(&mut *app.db.acquire().await?, by.program_id(), me).await?;
    let with = mine.into_iter().map(|one| {
        let deleting = one.deleting(me, &by.program().time_zone, now);
        (one, deleting)
    });
    Ok(with.collect())
}

/// Deletes the notes, asks the other to agree to it, or takes that back. It holds for the two whatever became of their
/// part, the group and the program. With it comes the group, for who reads its pages.
///
/// # Errors
/// `NotFound` for anybody but the two of an observation.
pub(super) async fn delete(app: &App, by: &OwnPart, id: FieldTripId, keeps: bool) -> Result<(Done, Option<GroupId>)> {
    let (key, me) = ((by.program_id(), id), by.participation_id());
    let mut tx = app.db.begin().await?;
    let group = queries::lock(&mut tx, key).await?.ok_or(AppError::NotFound)?;
    let observation = queries::observation(&mut tx, key).await?.ok_or(AppError::NotFound)?;
    let side = observation.side_of(me).ok_or(AppError::NotFound)?;
    let (_, deleting) = noted(&mut tx, key, (&observation, side), app.clock.now()).await?;
    let done = match (deleting, keeps) {
        (Deleting::AtOnce, false) => {
            queries::delete(&mut tx, key).await?;
            Done::Deleted
        }
        (Deleting::Ask, false) => {
            queries::ask_to_delete(&mut tx, key, Some(me)).await?;
            Done::Asked
        }
        (Deleting::Asked, false) => Done::Asked,
        (Deleting::Asked, true) => {
            queries::ask_to_delete(&mut tx, key, None).await?;
            Done::TakenBack
        }
        _ => Done::Late,
    };
    let reads = queries::reads_group(&mut tx, (key.0, group), me).await?;
    tx.commit().await?;
    Ok((done, reads.then_some(group)))
}
