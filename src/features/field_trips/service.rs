//! Planning a trip and taking it from its plan to its end. Every member of the group may do
//! all of it, but for what concerns the two of an observation alone.
mod steps;

pub(super) use steps::{Confirmed, Written, cancel, complete, confirm, consent, debrief, pre_met, put_off, set_date};

use super::{
    email::ObservationAsked,
    model::{
        Trip, TripState,
        plan::{self, Choices, Plan, Typed},
    },
    queries::{self, Focus, Goer, Key, Planner},
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::FieldTripId,
    local_time, text,
};
use crate::features::{
    choices,
    groups::{self, OpenMember},
    interviews::{self, InterviewsCard},
    off_limits,
    return_visits::{self, ReturnCard},
    trip_approvals::{self, Cover},
    trip_hosts, trip_needs,
};
use crate::outbox::{self, Posting};
use crate::web::{form::Errors, state::App};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

const CHANGED: &str =
    "Somebody changed the plan since you opened it. Here is what you typed: save again to keep that instead";

/// What became of a plan.
#[derive(Debug)]
pub(super) enum Planned {
    Done,
    /// It was there already, from the same form.
    Before,
    /// Some of its words are from before this member came: the others change it.
    WrittenBefore,
    Refused(Errors, Choices),
}

/// Today, as the program counts days.
pub(super) fn today(app: &App, member: &GroupMember) -> Date {
    local_time::day_in(&member.program().time_zone, app.clock.now())
}

/// Where a trip of this member's group is.
pub(super) const fn key(member: &GroupMember, id: FieldTripId) -> Key {
    Key { program: member.program_id(), group: member.group_id(), id }
}

/// What the group has to choose from.
pub(super) async fn choices(app: &App, member: &GroupMember) -> Result<Choices> {
    let mut db = app.db.acquire().await?;
    read_choices(&mut db, member).await
}

async fn read_choices(db: &mut PgConnection, member: &GroupMember) -> Result<Choices> {
    Ok(Choices {
        members: groups::open_members(db, member.program_id(), member.group_id()).await?,
        goals: choices::agreed_goals(db, member).await?,
        elements: choices::agreed_elements(db, member).await?,
        off_limits: off_limits::of_group(db, member.program_id(), member.group_id()).await?,
        library: crate::features::library::of_program(db, member.program_id()).await?,
    })
}

/// A trip with all its page shows.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) trip: Trip,
    pub(super) goers: Vec<Goer>,
    pub(super) focus: Vec<Focus>,
    /// What the observed person wants left alone.
    pub(super) off_limits: Vec<String>,
    pub(super) members: Vec<OpenMember>,
    /// What it looks at was agreed before the reader came, some of it or all.
    pub(super) hides_focus: bool,
    /// What the host was asked, and answered.
    pub(super) host: Option<trip_hosts::Asked>,
    /// How those who go get there.
    pub(super) travel: Option<trip_needs::Travel>,
    /// Who is covered by what was approved.
    pub(super) covers: Vec<Cover>,
    /// Whom they ask what; nothing of an observation.
    pub(super) interviews: Option<InterviewsCard>,
    /// Nothing before it took place, or where none can be.
    pub(super) return_visit: Option<ReturnCard>,
}

impl Whole {
    /// Whoever changes a plan writes all of it, so they have to read all of it.
    pub(super) const fn can_be_rewritten(&self) -> bool {
        !self.trip.was_before_me && !self.hides_focus
    }
}

/// A trip of the member's group, as far as its words are this member's to read.
///
/// # Errors
/// `NotFound` when the group has no such trip.
pub(super) async fn read(app: &App, member: &GroupMember, trip_id: FieldTripId) -> Result<Whole> {
    let mut db = app.db.acquire().await?;
    let mut whole = read_in(&mut db, member, key(member, trip_id)).await?;
    let (trip, today) = (&whole.trip, today(app, member));
    let can_return = trip.kind.has_return() && !trip.is_return && trip.state.took_place();
    if !trip.is_observation() && trip.state != TripState::Cancelled {
        whole.interviews = Some(interviews::card(&mut db, member, trip_id, (trip.on_date, today)).await?);
    }
    whole.return_visit = return_visits::card(&mut db, member, trip_id, (can_return, today)).await?;
    Ok(whole)
}

async fn read_in(db: &mut PgConnection, member: &GroupMember, key: Key) -> Result<Whole> {
    let mut trip = queries::find(db, key).await?.ok_or(AppError::NotFound)?;
    let (me, joined_on) = (member.participation_id(), member.joined_on());
    trip.keep_to(me, joined_on);
    let mut focus = queries::focus(db, key).await?;
    let all = focus.len();
    let off_limits = match trip.observed_id {
        Some(observed) => off_limits::of_person(db, key.program, observed).await?,
        None => Vec::new(),
    };
    focus.retain(|element| element.about_id == me || element.worded_on >= joined_on);
    Ok(Whole {
        trip,
        goers: queries::goers(db, key).await?,
        host: trip_hosts::asked(db, (key.program, key.id)).await?,
        travel: trip_needs::travel(db, (key.program, key.id)).await?,
        covers: trip_approvals::covers(db, (key.program, key.id)).await?,
        hides_focus: focus.len() < all,
        focus,
        off_limits,
        members: groups::open_members(db, key.program, key.group).await?,
        interviews: None,
        return_visit: None,
    })
}

/// Plans a trip. Whoever plans to be observed has thereby said yes; anybody else is asked by email.
///
/// # Errors
/// `NotFound` when the id is taken by a trip elsewhere.
pub(super) async fn plan(app: &App, member: &GroupMember, id: FieldTripId, typed: &Typed) -> Result<Planned> {
    let mut tx = app.db.begin().await?;
    let choices = read_choices(&mut tx, member).await?;
    let plan = match read_plan(member, typed, &choices) {
        Ok(plan) => plan,
        Err(errors) => return Ok(Planned::Refused(errors, choices)),
    };
    let now = app.clock.now();
    let for_themselves = plan.pair.as_ref().is_some_and(|pair| pair.observed == member.participation_id());
    let by = Planner { id: member.participation_id(), consented_at: for_themselves.then_some(now), now };
    if !queries::insert(&mut tx, key(member, id), &plan, by).await? {
        let ours = queries::find(&mut tx, key(member, id)).await?.is_some();
        return if ours { Ok(Planned::Before) } else { Err(AppError::NotFound) };
    }
    ask_for_consent(&mut tx, key(member, id), &plan, by).await?;
    if let Some(visit) = FieldTripId::parse(&typed.returns) {
        return_visits::planned_as(&mut tx, (member.program_id(), visit), id, now).await?;
    }
    tx.commit().await?;
    Ok(Planned::Done)
}

/// Changes a trip that is still planned.
///
/// # Errors
/// `NotFound` when the group has no such trip.
pub(super) async fn change(app: &App, member: &GroupMember, id: FieldTripId, typed: &Typed) -> Result<Planned> {
    let mut tx = app.db.begin().await?;
    let key = key(member, id);
    queries::lock(&mut tx, key).await?.ok_or(AppError::NotFound)?;
    let whole = read_in(&mut tx, member, key).await?;
    if !whole.can_be_rewritten() {
        return Ok(Planned::WrittenBefore);
    }
    let choices = read_choices(&mut tx, member).await?;
    let trip = &whole.trip;
    // What kind it is and who is observed were settled when it was planned.
    let typed = Typed {
        kind: trip.kind.as_str().to_owned(),
        observed: trip.observed_id.map(|id| id.to_string()).unwrap_or_default(),
        ..typed.clone()
    };
    let plan = match read_plan(member, &typed, &choices) {
        Ok(plan) => plan,
        Err(errors) => return Ok(Planned::Refused(errors, choices)),
    };
    let errors = against(&mut tx, member, key, (&whole, &plan, &typed.was)).await?;
    if !errors.is_empty() {
        return Ok(Planned::Refused(errors, choices));
    }
    let same = trip.on_date == plan.on_date
        && trip.starts_time == plan.starts_time
        && trip.observer_id == plan.pair.as_ref().map(|pair| pair.observer)
        && has_focus(&whole.focus, &plan);
    // A yes holds for the day, the observer and the elements it was given for, unless whoever
    // gave it changes them.
    let keeps = same || trip.observed_id == Some(member.participation_id());
    let consented_at = if keeps { trip.consented_at } else { None };
    let by = Planner { id: member.participation_id(), consented_at, now: app.clock.now() };
    if !queries::update(&mut tx, key, &plan, by).await? {
        return Ok(Planned::Before);
    }
    if trip.host_email != plan.host_email {
        trip_hosts::forget(&mut tx, (key.program, key.id)).await?;
    }
    trip_approvals::after_change(&mut tx, (key.program, key.id), by.id, by.now).await?;
    trip_needs::keep_goers(&mut tx, (key.program, key.id)).await?;
    if !keeps {
        ask_for_consent(&mut tx, key, &plan, by).await?;
    }
    tx.commit().await?;
    Ok(Planned::Done)
}

fn read_plan(member: &GroupMember, typed: &Typed, choices: &Choices) -> Result<Plan, Errors> {
    let program = member.program();
    plan::read(typed, choices, &(program.starts_on..=program.ends_on))
}

/// Why a plan that holds may not replace the one that stands.
async fn against(
    db: &mut PgConnection,
    member: &GroupMember,
    key: Key,
    (whole, plan, was): (&Whole, &Plan, &str),
) -> Result<Errors> {
    let (trip, mut errors) = (&whole.trip, Errors::default());
    if trip.state != TripState::Planned {
        return Ok(errors);
    }
    if was != trip.version() && !stands(whole, plan) {
        errors.add("was", CHANGED);
    }
    // What the first one noted is theirs, and not for whoever comes instead.
    let observer = plan.pair.as_ref().map(|pair| pair.observer);
    if trip.observer_id != observer && queries::has_notes(db, key).await? {
        let has = match &trip.observer_name {
            Some(name) if trip.observer_id != Some(member.participation_id()) => {
                format!("{} has", text::first_name(name))
            }
            _ => "You have".to_owned(),
        };
        errors.add("observer", format!("{has} notes of this observation. Plan another one instead"));
    }
    Ok(errors)
}

/// The same form sent twice says nothing new.
fn stands(whole: &Whole, plan: &Plan) -> bool {
    let trip = &whole.trip;
    let goes = |id| whole.goers.iter().any(|goer| goer.id == id);
    trip.purpose == plan.purpose
        && trip.goal_id == plan.goal_id
        && trip.on_date == plan.on_date
        && trip.starts_time == plan.starts_time
        && trip.reach() == plan.reach
        && trip.place == plan.place
        && trip.host_institution == plan.host_institution
        && trip.host_person == plan.host_person
        && trip.host_email == plan.host_email
        && trip.questions == plan.questions
        && (trip.cost_cents, trip.work_time) == (plan.cost_cents, plan.work_time)
        && trip.observer_id == plan.pair.as_ref().map(|pair| pair.observer)
        && has_focus(&whole.focus, plan)
        && whole.goers.len() == plan.goers.len()
        && plan.goers.iter().all(|id| goes(*id))
}

fn has_focus(now: &[Focus], plan: &Plan) -> bool {
    plan.pair
        .as_ref()
        .is_none_or(|pair| now.len() == pair.focus.len() && now.iter().all(|element| pair.focus.contains(&element.id)))
}

async fn ask_for_consent(db: &mut PgConnection, key: Key, plan: &Plan, by: Planner) -> Result<()> {
    if plan.pair.is_none() || by.consented_at.is_some() {
        return Ok(());
    }
    post_question(db, key, plan.on_date, by.now).await
}

async fn post_question(db: &mut PgConnection, key: Key, on_date: Date, now: OffsetDateTime) -> Result<()> {
    let letter = ObservationAsked { program_id: key.program, group_id: key.group, trip_id: key.id, on_date };
    let posting = Posting { program_id: Some(key.program), due_at: now, key: None };
    outbox::enqueue(db, &letter, posting).await?;
    Ok(())
}
