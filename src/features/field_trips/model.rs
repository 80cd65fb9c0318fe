//! Field trips: their kinds and states, who may do what next, and what fits.
pub(super) mod plan;

pub use crate::features::trips::{Reach, Told, TripKind, TripState, day_between, new_day, pre_meeting_day};

use crate::base::{
    ids::{FieldTripId, GoalId, ParticipationId},
    text, words,
};
use time::{Date, Duration, OffsetDateTime, Time};

/// A trip as its group sees it. `learned` of an observation is for two people alone: see [`Trip::may_read_notes`].
#[derive(Debug, Clone)]
pub struct Trip {
    pub id: FieldTripId,
    pub kind: TripKind,
    pub state: TripState,
    pub by_video: bool,
    pub away: bool,
    pub purpose: String,
    pub goal_id: Option<GoalId>,
    /// Empty where the reader may not read it.
    pub goal_title: Option<String>,
    pub goal_owner_id: Option<ParticipationId>,
    /// When the goal was put to those who read it, in the program's zone.
    pub goal_worded_on: Option<Date>,
    pub on_date: Date,
    pub starts_time: Option<Time>,
    pub place: String,
    pub host_institution: String,
    pub host_person: String,
    pub host_email: String,
    pub questions: String,
    /// For each person, in hundredths of the program's currency.
    pub cost_cents: i32,
    /// Whether it is in work time, as far as that is settled.
    pub work_time: Option<bool>,
    pub observer_id: Option<ParticipationId>,
    pub observer_name: Option<String>,
    pub observed_id: Option<ParticipationId>,
    pub observed_name: Option<String>,
    pub consented_at: Option<OffsetDateTime>,
    pub pre_met_on: Option<Date>,
    pub told: Option<Told>,
    pub debriefed_on: Option<Date>,
    pub confirmed_on: Option<Date>,
    pub completed_on: Option<Date>,
    pub reported_on: Option<Date>,
    pub learned: String,
    pub to_try: String,
    /// It is the return visit of another.
    pub is_return: bool,
    pub worded_at: OffsetDateTime,
    /// When the plan was last put down, in the program's zone.
    pub worded_on: Date,
    /// The plan is from before the reader came: see [`Trip::keep_to`].
    pub was_before_me: bool,
    /// It was written up before the reader came.
    pub report_was_before_me: bool,
}

impl Trip {
    #[must_use]
    pub fn is_observation(&self) -> bool {
        self.kind == TripKind::Observation
    }

    #[must_use]
    pub const fn reach(&self) -> Reach {
        match (self.by_video, self.away) {
            (true, _) => Reach::Video,
            (false, true) => Reach::Away,
            (false, false) => Reach::Here,
        }
    }

    /// Rule 8: whoever came after the plan was written reads what kind of trip it is, when, with whom,
    /// and while it is ahead where, for they may come along; not what it is about, and with which host.
    pub fn keep_to(&mut self, me: ParticipationId, joined_on: Date) {
        if self.goal_owner_id != Some(me) && self.goal_worded_on.is_some_and(|worded| worded < joined_on) {
            self.goal_title = self.goal_id.map(|_| String::new());
        }
        self.report_was_before_me = self.reported_on.is_some_and(|reported| reported < joined_on);
        if self.report_was_before_me {
            self.learned.clear();
            self.to_try.clear();
        }
        self.was_before_me = self.worded_on < joined_on && !self.is_one_of_the_two(me);
        if self.was_before_me {
            self.purpose.clear();
            self.questions.clear();
            self.host_institution.clear();
            self.host_person.clear();
            self.host_email.clear();
            if self.on_date < joined_on {
                self.place.clear();
            }
        }
    }

    /// Which plan a page shows: another day or other words make it another one.
    #[must_use]
    pub fn version(&self) -> String {
        format!("{} {}", words::iso_day(self.on_date), self.worded_at.unix_timestamp_nanos())
    }

    /// The observer or the observed.
    #[must_use]
    pub fn is_one_of_the_two(&self, who: ParticipationId) -> bool {
        self.observer_id == Some(who) || self.observed_id == Some(who)
    }

    /// What was noted at an observation is for the two; what a visit taught is for the group.
    #[must_use]
    pub fn may_read_notes(&self, who: ParticipationId) -> bool {
        !self.is_observation() || self.is_one_of_the_two(who)
    }

    /// Still needs the yes of the person who is to be watched.
    #[must_use]
    pub fn lacks_consent(&self) -> bool {
        self.is_observation() && self.consented_at.is_none()
    }

    /// "Marcus observes Priya", or where the group goes.
    #[must_use]
    pub fn title(&self) -> String {
        match (&self.observer_name, &self.observed_name) {
            (Some(who), Some(whom)) => {
                format!("{} observes {}", text::first_name(who), text::first_name(whom))
            }
            _ if !self.host_institution.is_empty() => self.host_institution.clone(),
            _ if !self.host_person.is_empty() => self.host_person.clone(),
            _ => words::capital(self.kind.noun()),
        }
    }

    /// The debrief belongs within this many days, as a wish.
    pub const DEBRIEF_WITHIN: Duration = Duration::days(14);
}

/// The one thing next on a trip, for one member of its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    /// The reader is to be watched and has not said yes.
    GiveConsent,
    WaitForConsent,
    Confirm,
    /// The two talk beforehand.
    PreMeet,
    WaitForTheDay,
    SayItTookPlace,
    Report,
    /// The two write it up; the reader is neither.
    WaitForTheTwo,
    Debrief,
    NewDate,
    Done,
    CalledOff,
}

/// What comes next on a trip, for this reader, on this day.
#[must_use]
pub fn next_step(trip: &Trip, reader: ParticipationId, today: Date) -> NextStep {
    let of_the_two = trip.is_one_of_the_two(reader);
    match trip.state {
        TripState::Cancelled => NextStep::CalledOff,
        TripState::Postponed => NextStep::NewDate,
        TripState::Planned if trip.lacks_consent() && trip.observed_id == Some(reader) => NextStep::GiveConsent,
        TripState::Planned if trip.lacks_consent() => NextStep::WaitForConsent,
        TripState::Planned => NextStep::Confirm,
        TripState::Confirmed if today >= trip.on_date => NextStep::SayItTookPlace,
        TripState::Confirmed if of_the_two && trip.pre_met_on.is_none() => NextStep::PreMeet,
        TripState::Confirmed => NextStep::WaitForTheDay,
        TripState::Completed if trip.may_read_notes(reader) => NextStep::Report,
        TripState::Completed => NextStep::WaitForTheTwo,
        TripState::Reported if of_the_two && trip.debriefed_on.is_none() => NextStep::Debrief,
        TripState::Reported => NextStep::Done,
    }
}
