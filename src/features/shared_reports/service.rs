//! Proposing, agreeing, taking back; and reading what is shared.
pub(super) use super::queries::OwnReport;
use super::{
    card::ShareCard,
    model::{Decision, Share, Went, decision},
    queries::{self, Key, SharedReport},
};
use crate::access::{GroupMember, OwnPart, ProgramCoordinator};
use crate::base::{
    error::{AppError, Result},
    ids::{FieldTripId, ProgramId},
};
use crate::features::{
    groups::{self, OpenMember},
    trips::{self, TripState, TripView},
};
use crate::web::state::App;
use sqlx::PgConnection;

/// What the page of sharing shows.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) trip: TripView,
    pub(super) share: Option<Share>,
    pub(super) went: Vec<Went>,
    pub(super) decision: Decision,
    pub(super) members: Vec<OpenMember>,
}

impl Whole {
    /// The words of a proposal are the group's; of a shared one, everybody's.
    pub(super) fn reads_words(&self, by: &GroupMember) -> bool {
        self.share.as_ref().is_some_and(|share| share.shared_at.is_some() || by.belonged_at(share.proposed_at))
    }

    /// Words can be proposed: the visit is written up, the member has read it, and somebody who went is here to agree.
    pub(super) fn can_propose(&self, by: &GroupMember) -> bool {
        by.program().state.is_running()
            && self.trip.state == TripState::Reported
            && !self.trip.is_observation()
            && !self.trip.report_was_before_me
            && !self.went.is_empty()
            && self.decision != Decision::Shared
    }
}

async fn read_in(db: &mut PgConnection, by: &GroupMember, trip: TripView) -> Result<Whole> {
    let key = (by.program_id(), trip.id);
    let share = queries::share(db, key).await?;
    let went = queries::went(db, key).await?;
    let members = groups::open_members(db, key.0, by.group_id()).await?;
    Ok(Whole { decision: decision(share.as_ref(), &went, by.participation_id()), trip, share, went, members })
}

/// # Errors
/// `NotFound` when the group has no such trip.
pub(super) async fn read(app: &App, by: &GroupMember, id: FieldTripId) -> Result<Whole> {
    let mut db = app.db.acquire().await?;
    let trip = trips::read(&mut db, by, id).await?;
    read_in(&mut db, by, trip).await
}

async fn take(db: &mut PgConnection, by: &GroupMember, id: FieldTripId) -> Result<(Key, Whole)> {
    let trip = trips::take(db, by, id).await?;
    Ok(((by.program_id(), id), read_in(db, by, trip).await?))
}

/// What the page after a visit says of it.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn card(db: &mut PgConnection, by: &GroupMember, trip: &TripView) -> Result<ShareCard> {
    Ok(ShareCard::of(by, &read_in(db, by, trip.clone()).await?))
}

/// What became of what was pressed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Others who went are to agree.
    Proposed,
    Agreed,
    /// The program reads it.
    Shared,
    Late,
}

/// Puts words for the program to those who went. Who proposes agrees to them, if they went.
///
/// # Errors
/// `NotFound` when the group has no such trip.
pub(super) async fn propose(app: &App, by: &GroupMember, id: FieldTripId, words: &str) -> Result<Outcome> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let (key, whole) = take(&mut tx, by, id).await?;
    // A button pressed twice, or another member's proposal that came in between.
    if !whole.can_propose(by) || whole.share.as_ref().is_some_and(|share| share.words == words) {
        return Ok(Outcome::Late);
    }
    if !queries::propose(&mut tx, key, words, (by.participation_id(), now)).await? {
        return Ok(Outcome::Late);
    }
    queries::agree(&mut tx, key, (by.participation_id(), now)).await?;
    let outcome = settle(&mut tx, by, key, Outcome::Proposed, now).await?;
    tx.commit().await?;
    Ok(outcome)
}

/// Shares it if nobody's yes is missing.
async fn settle(
    db: &mut PgConnection,
    by: &GroupMember,
    key: Key,
    else_said: Outcome,
    now: time::OffsetDateTime,
) -> Result<Outcome> {
    let (share, went) = (queries::share(db, key).await?, queries::went(db, key).await?);
    if decision(share.as_ref(), &went, by.participation_id()) != Decision::Unanimous || went.is_empty() {
        return Ok(else_said);
    }
    queries::share_now(db, key, now).await?;
    Ok(Outcome::Shared)
}

/// Agrees to the words that the page showed.
///
/// # Errors
/// `NotFound` when the group has no such trip, `NotAllowed` for who did not go.
pub(super) async fn agree(app: &App, by: &GroupMember, id: FieldTripId, seen: &str) -> Result<Outcome> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let (key, whole) = take(&mut tx, by, id).await?;
    let is_open = whole.share.as_ref().is_some_and(|share| share.shared_at.is_none() && share.seen() == seen);
    if !is_open {
        return Ok(Outcome::Late);
    }
    if !whole.went.iter().any(|one| one.id == by.participation_id()) {
        return Err(AppError::NotAllowed("whoever went agrees to what the program reads"));
    }
    queries::agree(&mut tx, key, (by.participation_id(), now)).await?;
    let outcome = settle(&mut tx, by, key, Outcome::Agreed, now).await?;
    tx.commit().await?;
    Ok(outcome)
}

/// Takes it back; any open member may. `false`: there was nothing.
///
/// # Errors
/// `NotFound` when the group has no such trip.
pub(super) async fn take_back(app: &App, by: &GroupMember, id: FieldTripId) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    let (key, _) = take(&mut tx, by, id).await?;
    let done = queries::take_back(&mut tx, key).await?;
    tx.commit().await?;
    Ok(done)
}

/// Takes back what one went on or put into words, also on hold, after the program or once one's part in it has ended.
/// `false`: there was nothing of theirs.
pub(super) async fn take_own_back(app: &App, by: &OwnPart, id: FieldTripId) -> Result<bool> {
    let mut db = app.db.acquire().await?;
    queries::take_own_back(&mut db, (by.program_id(), id), by.participation_id()).await
}

/// How many stand on a page.
const A_PAGE: usize = 30;

/// A page of what groups share.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    pub(super) reports: Vec<SharedReport>,
    /// Where the next page begins.
    pub(super) next: Option<FieldTripId>,
}

async fn shelf(app: &App, program_id: ProgramId, below: Option<FieldTripId>) -> Result<Shelf> {
    let mut db = app.db.acquire().await?;
    // One more than is shown tells whether more come.
    let most = i64::try_from(A_PAGE + 1).map_err(AppError::internal)?;
    let mut reports = queries::shared(&mut db, program_id, below, most).await?;
    let more = reports.len() > A_PAGE;
    reports.truncate(A_PAGE);
    let next = reports.last().filter(|_| more).map(|last| last.trip_id);
    Ok(Shelf { reports, next })
}

/// What those who take part read, nothing once their part has ended; and what they can take back all the same.
pub(super) async fn for_peer(app: &App, by: &OwnPart, below: Option<FieldTripId>) -> Result<(Shelf, Vec<OwnReport>)> {
    let shelf = if by.is_open() { shelf(app, by.program_id(), below).await? } else { Shelf::default() };
    let mut db = app.db.acquire().await?;
    Ok((shelf, queries::own(&mut db, by.program_id(), by.participation_id()).await?))
}

/// What coordinators read: the same.
pub(super) async fn for_coordinator(app: &App, by: &ProgramCoordinator, below: Option<FieldTripId>) -> Result<Shelf> {
    shelf(app, by.program_id(), below).await
}
