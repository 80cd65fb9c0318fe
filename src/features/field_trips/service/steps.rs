//! The steps of a trip, each one command. `Late` answers say that the trip has gone on since the page was drawn.
use super::super::{
    model::{self, Told, Trip, TripState},
    queries::{self, Key},
};
use super::{key, post_question, today};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::FieldTripId,
};
use crate::features::{
    trip_approvals::{self, TooMuchFor},
    trip_hosts, trip_needs,
};
use crate::history::{self, Act, Actor};
use crate::web::{form::Errors, state::App};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What became of a step.
#[derive(Debug)]
pub(in super::super) enum Written {
    Done,
    /// The trip is no longer where this step belongs.
    Late,
    Refused(Errors),
}

/// What became of a confirmation.
#[derive(Debug)]
pub(in super::super) enum Confirmed {
    Done,
    Late,
    NeedsConsent,
    /// More than was approved for these people; it stays planned.
    TooMuch(Vec<TooMuchFor>),
}

/// The trip, taken for this transaction.
async fn take(db: &mut PgConnection, key: Key) -> Result<Trip> {
    queries::lock(db, key).await?.ok_or(AppError::NotFound)?;
    queries::find(db, key).await?.ok_or(AppError::NotFound)
}

/// Coordinators see trips of a group without names, so their history names nobody.
async fn note(db: &mut PgConnection, key: Key, action: &str, now: OffsetDateTime) -> Result<()> {
    let act = Act { actor: Actor::System, action, object_id: key.id.0 };
    history::record(db, key.program, act, now).await
}

const fn done(yes: bool) -> Written {
    if yes { Written::Done } else { Written::Late }
}

/// The observed person says yes to the plan they saw.
///
/// # Errors
/// `NotFound` for a trip that is not the group's, `NotAllowed` for anybody else.
pub(in super::super) async fn consent(app: &App, member: &GroupMember, id: FieldTripId, seen: &str) -> Result<Written> {
    let mut tx = app.db.begin().await?;
    let trip = take(&mut tx, key(member, id)).await?;
    if trip.observed_id != Some(member.participation_id()) {
        return Err(AppError::NotAllowed("only whoever is observed can agree to it"));
    }
    if trip.version() != seen {
        return Ok(Written::Late);
    }
    let yes = queries::consent(&mut tx, key(member, id), member.participation_id(), app.clock.now()).await?;
    tx.commit().await?;
    Ok(done(yes))
}

/// `planned → confirmed`, once everybody's days and money are seen to.
///
/// # Errors
/// `NotFound` for a trip that is not the group's.
pub(in super::super) async fn confirm(app: &App, member: &GroupMember, id: FieldTripId) -> Result<Confirmed> {
    let mut tx = app.db.begin().await?;
    let key = key(member, id);
    let trip = take(&mut tx, key).await?;
    if !trip.state.may_become(TripState::Confirmed) {
        return Ok(Confirmed::Late);
    }
    if trip.lacks_consent() {
        return Ok(Confirmed::NeedsConsent);
    }
    let too_much = trip_approvals::uncovered(&mut tx, (key.program, id)).await?;
    if !too_much.is_empty() {
        return Ok(Confirmed::TooMuch(too_much));
    }
    if !queries::confirm(&mut tx, key, today(app, member)).await? {
        return Ok(Confirmed::Late);
    }
    note(&mut tx, key, "trip_confirmed", app.clock.now()).await?;
    tx.commit().await?;
    Ok(Confirmed::Done)
}

/// A day that was typed, checked, and written if it holds.
fn day_of(
    errors: &mut Errors,
    field: &str,
    read: impl FnOnce(time::Date) -> Result<time::Date, String>,
    typed: &str,
) -> Option<time::Date> {
    let day = errors.date(field, typed, "the day")?;
    match read(day) {
        Ok(day) => Some(day),
        Err(words) => {
            errors.add(field, words);
            None
        }
    }
}

/// The two met beforehand.
///
/// # Errors
/// `NotFound` for a trip that is not the group's, `NotAllowed` for anybody but the two.
pub(in super::super) async fn pre_met(
    app: &App,
    member: &GroupMember,
    id: FieldTripId,
    (day, told): (&str, &str),
) -> Result<Written> {
    let mut tx = app.db.begin().await?;
    let trip = take(&mut tx, key(member, id)).await?;
    only_the_two(&trip, member)?;
    let mut errors = Errors::default();
    let check = |day| model::pre_meeting_day(day, trip.on_date, today(app, member));
    let day = day_of(&mut errors, "pre_met_on", check, day);
    let told = Told::parse(told);
    if told.is_none() {
        errors.add("told", "Say whether those who are there know");
    }
    let (Some(day), Some(told)) = (day, told) else {
        return Ok(Written::Refused(errors));
    };
    let yes = queries::pre_met(&mut tx, key(member, id), day, told).await?;
    tx.commit().await?;
    Ok(done(yes))
}

/// `confirmed → completed`: not before its day, not in the future.
///
/// # Errors
/// `NotFound` for a trip that is not the group's.
pub(in super::super) async fn complete(
    app: &App,
    member: &GroupMember,
    id: FieldTripId,
    typed: &str,
) -> Result<Written> {
    let mut tx = app.db.begin().await?;
    let key = key(member, id);
    let trip = take(&mut tx, key).await?;
    if !trip.state.may_become(TripState::Completed) {
        return Ok(Written::Late);
    }
    let mut errors = Errors::default();
    let check = |day| model::day_between(day, Some(trip.on_date), today(app, member));
    let Some(day) = day_of(&mut errors, "completed_on", check, typed) else {
        return Ok(Written::Refused(errors));
    };
    let yes = queries::complete(&mut tx, key, day).await?;
    if yes {
        note(&mut tx, key, "trip_took_place", app.clock.now()).await?;
        trip_needs::forget(&mut tx, (key.program, id)).await?;
    }
    tx.commit().await?;
    Ok(done(yes))
}

/// The two talked it over.
///
/// # Errors
/// `NotFound` for a trip that is not the group's, `NotAllowed` for anybody but the two.
pub(in super::super) async fn debrief(
    app: &App,
    member: &GroupMember,
    id: FieldTripId,
    typed: &str,
) -> Result<Written> {
    let mut tx = app.db.begin().await?;
    let trip = take(&mut tx, key(member, id)).await?;
    only_the_two(&trip, member)?;
    let mut errors = Errors::default();
    let check = |day| model::day_between(day, Some(trip.on_date), today(app, member));
    let Some(day) = day_of(&mut errors, "debriefed_on", check, typed) else {
        return Ok(Written::Refused(errors));
    };
    let yes = queries::debrief(&mut tx, key(member, id), day).await?;
    tx.commit().await?;
    Ok(done(yes))
}

/// Another day, and back to planned. Of an observation, the observed person is asked again
/// unless they chose the day.
///
/// # Errors
/// `NotFound` for a trip that is not the group's.
pub(in super::super) async fn set_date(
    app: &App,
    member: &GroupMember,
    id: FieldTripId,
    typed: &str,
) -> Result<Written> {
    let mut tx = app.db.begin().await?;
    let key = key(member, id);
    let trip = take(&mut tx, key).await?;
    if !trip.state.may_become(TripState::Planned) {
        return Ok(Written::Late);
    }
    let mut errors = Errors::default();
    let last = member.program().ends_on;
    // Put off, it may be on its old day after all.
    let old = Some(trip.on_date).filter(|_| trip.state != TripState::Postponed);
    let check = |day| model::new_day(day, old, today(app, member)..=last);
    let Some(day) = day_of(&mut errors, "on_date", check, typed) else {
        return Ok(Written::Refused(errors));
    };
    let now = app.clock.now();
    let keeps = trip.observed_id == Some(member.participation_id());
    let consented_at = if keeps { trip.consented_at } else { None };
    let yes = queries::set_date(&mut tx, key, day, consented_at).await?;
    if yes && trip.is_observation() && !keeps {
        post_question(&mut tx, key, day, now).await?;
    }
    trip_hosts::tell(&mut tx, (key.program, id), now).await?;
    trip_approvals::after_change(&mut tx, (key.program, id), member.participation_id(), now).await?;
    tx.commit().await?;
    Ok(done(yes))
}

/// Not on its day, and none instead so far. Once there is one, whoever is observed is asked again.
///
/// # Errors
/// `NotFound` for a trip that is not the group's.
pub(in super::super) async fn put_off(app: &App, member: &GroupMember, id: FieldTripId) -> Result<Written> {
    let mut tx = app.db.begin().await?;
    let trip = take(&mut tx, key(member, id)).await?;
    let yes = trip.state.may_become(TripState::Postponed) && queries::put_off(&mut tx, key(member, id)).await?;
    tx.commit().await?;
    Ok(done(yes))
}

/// Calls it off.
///
/// # Errors
/// `NotFound` for a trip that is not the group's.
pub(in super::super) async fn cancel(app: &App, member: &GroupMember, id: FieldTripId) -> Result<Written> {
    let mut tx = app.db.begin().await?;
    take(&mut tx, key(member, id)).await?;
    let yes = queries::cancel(&mut tx, key(member, id)).await?;
    trip_hosts::tell(&mut tx, (member.program_id(), id), app.clock.now()).await?;
    trip_approvals::call_off(&mut tx, (member.program_id(), id)).await?;
    if yes {
        trip_needs::forget(&mut tx, (member.program_id(), id)).await?;
    }
    tx.commit().await?;
    Ok(done(yes))
}

fn only_the_two(trip: &Trip, member: &GroupMember) -> Result<()> {
    if trip.is_one_of_the_two(member.participation_id()) {
        Ok(())
    } else {
        Err(AppError::NotAllowed("what belongs to an observation is written by the two"))
    }
}
