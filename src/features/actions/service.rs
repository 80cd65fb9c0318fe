//! Writing down who does what by when, and how that ends. Every open member may do the same with all of them.
use super::{
    line::OpenLine,
    model::{self, ActionState, Ending, NewAction},
    queries::{self, ActionRow},
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{ActionId, ElementId, FieldTripId, MeetingId, ParticipationId},
    local_time::day_in,
};
use crate::features::{
    groups::{self, OpenMember},
    meetings::{self, GroupKey, Which},
    trips,
};
use crate::web::state::App;
use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime};

/// Everything on the page of a group's actions.
#[derive(Debug)]
pub(super) struct View {
    pub(super) members: Vec<OpenMember>,
    pub(super) open: Vec<ActionRow>,
    pub(super) closed: Vec<ActionRow>,
    /// The day a new one is for, where nobody says another: the next meeting's, else one rhythm on.
    pub(super) by_day: Date,
    /// In the program's zone, as all dates here.
    pub(super) today: Date,
}

fn today(by: &GroupMember, now: OffsetDateTime) -> Date {
    day_in(&by.program().time_zone, now)
}

fn reads(by: &GroupMember, row: &ActionRow) -> bool {
    let me = by.participation_id();
    let own = row.owner_id == Some(me) || row.written_by == me;
    model::is_readable(day_in(&by.program().time_zone, row.written_at), by.joined_on(), own)
}

pub(super) async fn read(app: &App, by: &GroupMember) -> Result<View> {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    let members = groups::open_members(&mut db, by.program_id(), by.group_id()).await?;
    let mut open = queries::open(&mut db, by.program_id(), by.group_id()).await?;
    let mut closed = queries::closed(&mut db, by.program_id(), by.group_id()).await?;
    open.retain(|row| reads(by, row));
    closed.retain(|row| reads(by, row));
    let next = meetings::meetings_of(&mut db, GroupKey::from(by), Which::ScheduledAfter(now)).await?;
    let rhythm = Duration::days(i64::from(by.program().rhythm_days));
    let by_day = next.first().map_or(today(by, now) + rhythm, meetings::Meeting::day);
    Ok(View { members, open, closed, by_day, today: today(by, now) })
}

/// What an element about this member is called.
///
/// # Errors
/// `NotFound` when the group has no such element about them.
pub(super) async fn own_element(app: &App, by: &GroupMember, id: ElementId) -> Result<String> {
    let mut db = app.db.acquire().await?;
    let of = (by.program_id(), by.group_id());
    queries::own_element(&mut db, of, by.participation_id(), id).await?.ok_or(AppError::NotFound)
}

/// One thing to try that a trip left: of a visit, for who reads its report; of an observation, for who was observed. And
/// whether it is between two people.
///
/// # Errors
/// `NotFound` when the group has no such trip, or it left nothing to try for this member.
pub(super) async fn to_try(app: &App, by: &GroupMember, id: FieldTripId) -> Result<(String, bool)> {
    let trip = trips::read(&mut *app.db.acquire().await?, by, id).await?;
    let theirs = !trip.is_observation() || trip.observed_id == Some(by.participation_id());
    if trip.to_try.is_empty() || !theirs {
        return Err(AppError::NotFound);
    }
    Ok((trip.to_try.clone(), trip.is_observation()))
}

/// The open ones that this member may read, the first due first.
pub(crate) async fn open_lines(db: &mut PgConnection, by: &GroupMember, now: OffsetDateTime) -> Result<Vec<OpenLine>> {
    let rows = queries::open(db, by.program_id(), by.group_id()).await?;
    Ok(rows.iter().filter(|row| reads(by, row)).map(|row| OpenLine::of(by, row, today(by, now))).collect())
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Done,
    /// The owner is not in the group.
    Stranger,
    /// It was done or dropped before.
    Closed,
}

/// Writes one down.
///
/// # Errors
/// `NotFound` when it names a meeting that the group does not have.
pub(super) async fn write(app: &App, by: &GroupMember, new: &NewAction) -> Result<Outcome> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    if !is_member(&mut tx, by, new.owner_id).await? {
        return Ok(Outcome::Stranger);
    }
    if let Some(id) = new.meeting_id
        && !is_of_group(&mut tx, by, id).await?
    {
        return Err(AppError::NotFound);
    }
    queries::insert(&mut tx, (by.program_id(), by.group_id()), new, (by.participation_id(), now)).await?;
    tx.commit().await?;
    Ok(Outcome::Done)
}

async fn is_of_group(db: &mut PgConnection, by: &GroupMember, id: MeetingId) -> Result<bool> {
    Ok(!meetings::meetings_of(db, GroupKey::from(by), Which::One(id)).await?.is_empty())
}

async fn is_member(db: &mut PgConnection, by: &GroupMember, owner: Option<ParticipationId>) -> Result<bool> {
    let Some(owner) = owner else { return Ok(true) };
    let members = groups::open_members(db, by.program_id(), by.group_id()).await?;
    Ok(members.iter().any(|member| member.participation_id == owner))
}

/// The action, if this member may read it, held until the transaction ends.
async fn hold(db: &mut PgConnection, by: &GroupMember, id: ActionId) -> Result<ActionRow> {
    let row = queries::hold(db, (by.program_id(), by.group_id()), &[id]).await?.pop();
    row.filter(|row| reads(by, row)).ok_or(AppError::NotFound)
}

/// Gives an open one another owner or another day.
pub(super) async fn change(
    app: &App,
    by: &GroupMember,
    id: ActionId,
    (owner, due_on): (Option<ParticipationId>, Date),
) -> Result<Outcome> {
    let mut tx = app.db.begin().await?;
    let row = hold(&mut tx, by, id).await?;
    if row.state != ActionState::Open {
        return Ok(Outcome::Closed);
    }
    // Whoever left keeps what they said they would do, until somebody takes it.
    if owner != row.owner_id && !is_member(&mut tx, by, owner).await? {
        return Ok(Outcome::Stranger);
    }
    queries::change(&mut tx, by.program_id(), id, (owner, due_on)).await?;
    tx.commit().await?;
    Ok(Outcome::Done)
}

/// Says that one is done, or why it is dropped.
pub(super) async fn end(app: &App, by: &GroupMember, id: ActionId, how: &Ending) -> Result<Outcome> {
    let mut tx = app.db.begin().await?;
    let row = hold(&mut tx, by, id).await?;
    if row.state != ActionState::Open {
        return Ok(Outcome::Closed);
    }
    let when = (by.participation_id(), today(by, app.clock.now()));
    queries::end(&mut tx, by.program_id(), &[id], how, when).await?;
    tx.commit().await?;
    Ok(Outcome::Done)
}

/// Says within a command of another kind that these are done; those that are closed or not to be read are
/// left out.
pub(crate) async fn tick(
    db: &mut PgConnection,
    by: &GroupMember,
    done: &[ActionId],
    now: OffsetDateTime,
) -> Result<()> {
    let rows = queries::hold(db, (by.program_id(), by.group_id()), done).await?;
    let open = |row: &&ActionRow| row.state == ActionState::Open && reads(by, row);
    let ids: Vec<ActionId> = rows.iter().filter(open).map(|row| row.id).collect();
    queries::end(db, by.program_id(), &ids, &Ending::Done, (by.participation_id(), today(by, now))).await
}
