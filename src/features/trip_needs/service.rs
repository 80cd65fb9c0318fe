//! Reading and writing how to get there, and what one needs.
use super::{
    model::{Key, Needs, Travel, Trip},
    queries,
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::FieldTripId,
    local_time, text,
};
use crate::features::groups::{self, OpenMember};
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What the page shows to one reader.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) trip: Trip,
    pub(super) travel: Option<Travel>,
    /// Their own, and of a trip they planned everybody's until its day is over.
    pub(super) needs: Vec<Needs>,
    pub(super) members: Vec<OpenMember>,
    /// The day has not gone by, and the trip is not called off.
    pub(super) is_open: bool,
}

impl Whole {
    /// How to get there was written before the reader came: the others read and change it.
    pub(super) fn travel_was_before(&self, by: &GroupMember) -> bool {
        self.travel.as_ref().is_some_and(|travel| travel.written_on < by.joined_on())
    }

    /// Whoever planned it, as long as they belong to the group; nobody else reads what people need.
    pub(super) fn organiser(&self) -> Option<&str> {
        let member = self.members.iter().find(|member| member.participation_id == self.trip.organiser_id);
        member.map(|member| text::first_name(&member.name))
    }
}

/// What a member reads.
///
/// # Errors
/// `NotFound` when the group has no such trip.
pub(super) async fn read(app: &App, by: &GroupMember, id: FieldTripId) -> Result<Whole> {
    read_in(&mut *app.db.acquire().await?, by, (by.program_id(), id), app.clock.now()).await
}

async fn read_in(db: &mut PgConnection, by: &GroupMember, key: Key, now: OffsetDateTime) -> Result<Whole> {
    let me = by.participation_id();
    let trip = queries::trip(db, key, me).await?.filter(|trip| trip.group_id == by.group_id());
    let trip = trip.ok_or(AppError::NotFound)?;
    let today = local_time::day_in(&by.program().time_zone, now);
    Ok(Whole {
        is_open: trip.is_ahead && today <= trip.on_date,
        travel: queries::travel(db, key).await?,
        needs: queries::needs(db, key, me, today).await?,
        members: groups::open_members(db, key.0, by.group_id()).await?,
        trip,
    })
}

/// What became of what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    Saved,
    /// The day is over, the trip is called off, or it is not theirs to write. Nothing was changed.
    Late,
}

/// Writes how those who go get there: any member, as far as they read what stands there.
///
/// # Errors
/// `NotFound` when the group has no such trip.
pub(super) async fn write_travel(app: &App, by: &GroupMember, id: FieldTripId, words: &str) -> Result<Done> {
    let (key, now) = ((by.program_id(), id), app.clock.now());
    let mut tx = app.db.begin().await?;
    queries::lock(&mut tx, key).await?;
    let whole = read_in(&mut tx, by, key, now).await?;
    if !whole.is_open || whole.travel_was_before(by) {
        return Ok(Done::Late);
    }
    queries::write_travel(&mut tx, key, words, now).await?;
    tx.commit().await?;
    Ok(Done::Saved)
}

/// Writes what the member needs on this trip, if they go.
///
/// # Errors
/// `NotFound` when the group has no such trip.
pub(super) async fn write_needs(app: &App, by: &GroupMember, id: FieldTripId, words: &str) -> Result<Done> {
    let (key, now) = ((by.program_id(), id), app.clock.now());
    let mut tx = app.db.begin().await?;
    queries::lock(&mut tx, key).await?;
    let whole = read_in(&mut tx, by, key, now).await?;
    if !whole.is_open || !whole.trip.i_go {
        return Ok(Done::Late);
    }
    queries::write_needs(&mut tx, key, by.participation_id(), words, now).await?;
    tx.commit().await?;
    Ok(Done::Saved)
}
