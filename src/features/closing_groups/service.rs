//! Commands of the coordinators: let a group go on small, close it.
use super::email::GroupClosed;
use crate::access::{ProgramCoordinator, ProgramState};
use crate::base::{
    error::Result,
    ids::{GroupId, ParticipationId, ProgramId},
    local_time,
};
use crate::features::forming::{self, Overview};
use crate::features::groups::{self, Candidate, Closing, GroupRow, KeptSmall};
use crate::features::meeting_letters;
use crate::features::meetings::{self, GroupKey, Which};
use crate::features::move_offers::{self, Standing};
use crate::features::trip_hosts;
use crate::features::{field_trips, trip_approvals, trip_needs};
use crate::history::{self, Act, Actor};
use crate::outbox::{self, Posting};
use crate::web::state::App;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// A group, as both pages show it.
pub(super) struct Seen {
    pub(super) state: ProgramState,
    pub(super) least: usize,
    pub(super) group: GroupRow,
    /// All who belong to it, on hold or not.
    pub(super) members: Vec<Candidate>,
    /// How many are ready to be placed.
    pub(super) ready: usize,
    pub(super) meetings_ahead: usize,
    /// Its last members went to other groups by moves they were offered.
    pub(super) merged: bool,
}

impl Seen {
    pub(super) fn open_members(&self) -> usize {
        self.members.iter().filter(|member| member.is_open_member()).count()
    }
    pub(super) fn is_small(&self) -> bool {
        self.open_members() < self.least
    }
    /// Why nothing can be done here, if so.
    pub(super) fn closed_because(&self) -> &'static str {
        if self.group.closed_on.is_some() {
            "This group is closed."
        } else if self.state.is_running() {
            ""
        } else {
            "Groups are closed while the program runs."
        }
    }
    pub(super) fn kept_small(&self) -> Option<KeptSmall> {
        self.group.kept_small().filter(|kept| kept.holds(self.open_members(), self.group.last_left_on))
    }
}

async fn see(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    all: &Overview,
    id: GroupId,
    now: OffsetDateTime,
) -> Result<Seen> {
    let group = all.group(id)?.clone();
    let members: Vec<Candidate> = all.members_of(id).into_iter().cloned().collect();
    let of = GroupKey { program_id: by.program_id(), group_id: id };
    let last = group.last_left_on;
    let went = move_offers::all_of(db, by.program_id()).await?.into_iter().any(|offer| {
        let on = offer.ended_at.map(|at| local_time::day_in(&by.program().time_zone, at));
        offer.from_group_id == id && offer.standing(now) == Standing::Accepted && on == last
    });
    Ok(Seen {
        state: all.settings.state,
        least: all.settings.sizes.min,
        ready: all.to_place().len(),
        meetings_ahead: meetings::meetings_of(db, of, Which::ScheduledAfter(now)).await?.len(),
        merged: members.is_empty() && went,
        members,
        group,
    })
}

pub(super) async fn seen(app: &App, by: &ProgramCoordinator, id: GroupId) -> Result<Seen> {
    let now = app.clock.now();
    let mut db = app.db.acquire().await?;
    let settings = groups::settings(&mut db, by.program_id()).await?;
    let all = forming::read(&mut db, by.program(), settings, now).await?;
    see(&mut db, by, &all, id, now).await
}

fn today(by: &ProgramCoordinator, now: OffsetDateTime) -> Date {
    local_time::day_in(&by.program().time_zone, now)
}

async fn note(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    action: &str,
    id: GroupId,
    now: OffsetDateTime,
) -> Result<()> {
    let act = Act { actor: Actor::Person(by.viewer().person_id()), action, object_id: id.0 };
    history::record(db, by.program_id(), act, now).await
}

/// How deciding that a group goes on small ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kept {
    Done,
    /// It was decided before, and nobody has left since.
    Before,
    /// It has enough members by now.
    NotSmall,
    /// Nobody belongs to it any more.
    Empty,
    /// It is closed, or the program does not run.
    NotNow,
}

/// Lets a group go on below the program's minimum, until it loses another member.
pub(super) async fn keep_small(app: &App, by: &ProgramCoordinator, id: GroupId) -> Result<Kept> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let settings = groups::hold(&mut tx, by.program_id()).await?;
    let all = forming::read(&mut tx, by.program(), settings, now).await?;
    let seen = see(&mut tx, by, &all, id, now).await?;
    if !seen.closed_because().is_empty() {
        return Ok(Kept::NotNow);
    }
    if seen.members.is_empty() {
        return Ok(Kept::Empty);
    }
    if !seen.is_small() {
        return Ok(Kept::NotSmall);
    }
    if seen.kept_small().is_some() {
        return Ok(Kept::Before);
    }
    let kept = KeptSmall { on: today(by, now), with: seen.open_members() };
    groups::keep_small(&mut tx, by.program_id(), id, kept).await?;
    note(&mut tx, by, "group_kept_small", id, now).await?;
    tx.commit().await?;
    Ok(Kept::Done)
}

/// How closing ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Closed {
    /// So many people became free to be placed again.
    Done(usize),
    Before,
    /// With people in it, a group can only be dissolved.
    HasMembers,
    /// The program does not run.
    NotNow,
}

/// Closes a group. Whoever is still in it is free to be placed again and is told; meetings that
/// are to come do not take place, and neither do trips. What was written stays with those who may read it.
pub(super) async fn close(app: &App, by: &ProgramCoordinator, id: GroupId, how: Closing) -> Result<Closed> {
    let (program_id, now) = (by.program_id(), app.clock.now());
    let on = today(by, now);
    let mut tx = app.db.begin().await?;
    let settings = groups::hold(&mut tx, program_id).await?;
    let all = forming::read(&mut tx, by.program(), settings, now).await?;
    let seen = see(&mut tx, by, &all, id, now).await?;
    if seen.group.closed_on.is_some() {
        return Ok(Closed::Before);
    }
    if !settings.state.is_running() {
        return Ok(Closed::NotNow);
    }
    if !seen.members.is_empty() && how != Closing::Dissolved {
        return Ok(Closed::HasMembers);
    }
    let how = if seen.merged { Closing::Merged } else { how };
    let people: Vec<ParticipationId> = seen.members.iter().map(|member| member.id).collect();
    meeting_letters::withdraw(&mut tx, program_id, &people, now).await?;
    let called_off = call_off(&mut tx, program_id, id, now).await?;
    let hosts = trip_hosts::waiting(&mut tx, program_id, id).await?;
    let going = field_trips::cancel_all(&mut tx, program_id, id).await?;
    for trip in hosts {
        trip_hosts::tell(&mut tx, (program_id, trip), now).await?;
    }
    trip_approvals::call_off_of_group(&mut tx, program_id, id).await?;
    trip_needs::forget_called_off(&mut tx, program_id, id).await?;
    for member in &seen.members {
        groups::leave_group(&mut tx, program_id, member.id, on).await?;
    }
    groups::close_group(&mut tx, program_id, id, how, on).await?;
    for to in people {
        let trips = going.iter().filter(|goer| **goer == to).count();
        let letter = GroupClosed { program_id, group_id: id, to, by: by.viewer().person_id(), called_off, trips };
        let posting = Posting { program_id: Some(program_id), due_at: now, key: None };
        outbox::enqueue(&mut tx, &letter, posting).await?;
    }
    note(&mut tx, by, "group_closed", id, now).await?;
    tx.commit().await?;
    Ok(Closed::Done(seen.members.len()))
}

/// Cancels the meetings that are to come; how many there were.
async fn call_off(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
    now: OffsetDateTime,
) -> Result<usize> {
    let of = GroupKey { program_id, group_id };
    let ahead = meetings::meetings_of(db, of, Which::ScheduledAfter(now)).await?;
    for meeting in &ahead {
        meetings::locked(db, of, meeting.id).await?;
        meetings::mark_cancelled(db, of, meeting.id).await?;
    }
    Ok(ahead.len())
}
