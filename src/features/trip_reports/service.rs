//! Reading what follows a trip, and writing it up.
use super::model::{Boxes, boxes, homeless};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{FieldTripId, ParticipationId},
};
use crate::features::{
    field_trips::{self, WrittenUp, day_between},
    groups::{self, OpenMember},
    host_thanks::{self, ThanksCard},
    interviews::{self, InterviewsCard},
    return_visits::{self, ReturnCard},
    shared_reports::{self, ShareCard},
    trips::{self, TripState, TripView},
};
use crate::history::{self, Act, Actor};
use crate::web::{form::Errors, state::App};
use serde::Deserialize;
use time::Date;

/// What follows a visit besides its report; of an observation there is nothing of it.
#[derive(Debug)]
pub(super) struct Followed {
    pub(super) interviews: InterviewsCard,
    /// None of a return visit: whoever came was the group's guest.
    pub(super) thanks: Option<ThanksCard>,
    pub(super) share: ShareCard,
    pub(super) return_visit: Option<ReturnCard>,
}

/// All that follows a trip, as far as the member reads it.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) trip: TripView,
    pub(super) boxes: Boxes,
    pub(super) members: Vec<OpenMember>,
    /// Once it took place.
    pub(super) followed: Option<Followed>,
}

/// # Errors
/// `NotFound` when the group has no such trip.
pub(super) async fn read(app: &App, by: &GroupMember, id: FieldTripId) -> Result<Whole> {
    let mut db = app.db.acquire().await?;
    let trip = trips::read(&mut db, by, id).await?;
    let today = trips::today(by, app.clock.now());
    let followed = if trip.is_observation() || !trip.state.took_place() {
        None
    } else {
        Some(Followed {
            interviews: interviews::card(&mut db, by, id, (trip.on_date, today)).await?,
            thanks: if trip.is_return { None } else { Some(host_thanks::card(&mut db, by, &trip).await?) },
            share: shared_reports::card(&mut db, by, &trip).await?,
            return_visit: return_visits::card(&mut db, by, id, (trip.has_return(), today)).await?,
        })
    };
    Ok(Whole {
        boxes: boxes(&trip, by.participation_id()),
        members: groups::open_members(&mut db, by.program_id(), by.group_id()).await?,
        followed,
        trip,
    })
}

/// What is written up, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub(super) learned: String,
    pub(super) to_try: String,
    pub(super) debriefed_on: String,
}

impl Typed {
    /// What was typed for a box that has closed meanwhile, to take along: what it was meant for, and the words.
    pub(super) fn kept(&self, trip: &TripView, me: ParticipationId) -> Vec<(&'static str, String)> {
        let lost = homeless(trip, me, &self.learned, &self.to_try);
        let all = [(lost.learned, "What you learned", &self.learned), (lost.to_try, "One thing to try", &self.to_try)];
        all.into_iter().filter(|(lost, ..)| *lost).map(|(_, title, words)| (title, words.clone())).collect()
    }
}

/// What became of it.
#[derive(Debug)]
pub(super) enum Written {
    Done,
    /// It has not taken place, or another wrote there while they typed. Nothing was written.
    Late,
    Refused(Errors),
}

/// Writes up a trip that took place: what was learned, one thing to try, or what is still missing of the two.
///
/// # Errors
/// `NotFound` for a trip that is not the group's, `NotAllowed` for an observation of others.
pub(super) async fn report(app: &App, by: &GroupMember, id: FieldTripId, typed: &Typed) -> Result<Written> {
    let mut tx = app.db.begin().await?;
    let trip = trips::take(&mut tx, by, id).await?;
    let me = by.participation_id();
    if !trip.may_read_report(me) {
        return Err(AppError::NotAllowed("what belongs to an observation is written by the two"));
    }
    let open = boxes(&trip, me);
    // Half of what somebody typed is not written: they are asked again, with all of it.
    if !open.any() || !typed.kept(&trip, me).is_empty() {
        return Ok(Written::Late);
    }
    let now = app.clock.now();
    let today = trips::today(by, now);
    let mut errors = Errors::default();
    let (learned, to_try) = texts(typed, open, &mut errors);
    let debriefed_on = debriefed_on(&trip, typed, today, &mut errors);
    if !errors.is_empty() {
        return Ok(Written::Refused(errors));
    }
    let text = WrittenUp { by: me, learned: &learned, to_try: &to_try, debriefed_on, today };
    let yes = field_trips::write_up(&mut tx, (by.program_id(), id), &text).await?;
    if yes && trip.state == TripState::Completed {
        // Coordinators see trips of a group without names, so their history names nobody.
        let act = Act { actor: Actor::System, action: "trip_reported", object_id: id.0 };
        history::record(&mut tx, by.program_id(), act, now).await?;
    }
    tx.commit().await?;
    Ok(if yes { Written::Done } else { Written::Late })
}

/// What was typed into the boxes that are open; the other text stays as it is.
fn texts(typed: &Typed, open: Boxes, errors: &mut Errors) -> (String, String) {
    let learned = if open.learned {
        errors.required_paragraphs("learned", &typed.learned, 8_000, "what you learned")
    } else {
        String::new()
    };
    let to_try = match (open.to_try, open.learned) {
        (false, _) => String::new(),
        (true, true) => errors.line("to_try", &typed.to_try, 200),
        (true, false) => errors.required_line("to_try", &typed.to_try, 200, "one thing to try"),
    };
    (learned, to_try)
}

/// When the two talked an observation over, where they say so at once.
fn debriefed_on(trip: &TripView, typed: &Typed, today: Date, errors: &mut Errors) -> Option<Date> {
    if !trip.is_observation() || typed.debriefed_on.trim().is_empty() {
        return None;
    }
    let day = errors.date("debriefed_on", &typed.debriefed_on, "the day")?;
    match day_between(day, Some(trip.on_date), today) {
        Ok(day) => Some(day),
        Err(words) => {
            errors.add("debriefed_on", words);
            None
        }
    }
}
