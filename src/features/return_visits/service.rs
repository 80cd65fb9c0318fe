//! Saying how a return visit stands. Every open member may.
use super::{
    card::ReturnCard,
    model::{How, Said},
    queries,
};
use crate::access::GroupMember;
use crate::base::{
    error::Result,
    ids::{FieldTripId, ProgramId},
};
use crate::features::trips::{self, TripView};
use crate::web::state::App;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// What the page of a return visit shows.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) trip: TripView,
    pub(super) said: Option<Said>,
    pub(super) today: Date,
}

impl Whole {
    /// Something can be said of it: the visit took place, and had somebody to come in return.
    pub(super) fn is_open(&self) -> bool {
        self.trip.has_return() && self.trip.state.took_place()
    }
}

/// # Errors
/// `NotFound` when the group has no such trip.
pub(super) async fn read(app: &App, by: &GroupMember, id: FieldTripId) -> Result<Whole> {
    let mut db = app.db.acquire().await?;
    let trip = trips::read(&mut db, by, id).await?;
    let said = queries::said(&mut db, (by.program_id(), id)).await?;
    Ok(Whole { trip, said, today: trips::today(by, app.clock.now()) })
}

/// What the pages of a trip say of its return visit; nothing before it took place, or where none can be.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn card(
    db: &mut PgConnection,
    by: &GroupMember,
    id: FieldTripId,
    (can_be, today): (bool, Date),
) -> Result<Option<ReturnCard>> {
    if !can_be {
        return Ok(None);
    }
    let said = queries::said(db, (by.program_id(), id)).await?;
    Ok(Some(ReturnCard::of(&by.group().path(), said.as_ref(), today)))
}

/// Says how it stands; `false` where nothing can be said of it.
///
/// # Errors
/// `NotFound` when the group has no such trip.
pub(super) async fn say(app: &App, by: &GroupMember, id: FieldTripId, what: (How, Option<Date>)) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    trips::take(&mut tx, by, id).await?;
    let done = queries::say(&mut tx, (by.program_id(), id), what, app.clock.now()).await?;
    tx.commit().await?;
    Ok(done)
}

/// A trip was planned as the return visit of another one of the same group.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn planned_as(
    db: &mut PgConnection,
    (program_id, trip_id): (ProgramId, FieldTripId),
    return_trip: FieldTripId,
    now: OffsetDateTime,
) -> Result<()> {
    queries::plan_as(db, (program_id, trip_id), return_trip, now).await
}
