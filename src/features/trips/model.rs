//! What a trip is, and one trip as far as a member may read it. No database, no HTML.
mod days;

pub use days::{day_between, new_day, pre_meeting_day};

use crate::base::{
    ids::{FieldTripId, ParticipationId},
    text, words,
};
use time::Date;

crate::text_enum! {
    /// What a group sets out to see.
    pub enum TripKind {
        /// One peer watches another at work.
        Observation = "observation",
        SiteVisit = "site_visit",
        Interview = "interview",
        Shadowing = "shadowing",
        Event = "event",
    }
}

impl TripKind {
    /// Its name: "Site visit".
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Observation => "Observation",
            Self::SiteVisit => "Site visit",
            Self::Interview => "Interview",
            Self::Shadowing => "Shadowing",
            Self::Event => "Event",
        }
    }

    /// "a site visit".
    #[must_use]
    pub const fn with_article(self) -> &'static str {
        match self {
            Self::Observation => "an observation",
            Self::SiteVisit => "a site visit",
            Self::Interview => "an interview",
            Self::Shadowing => "a day of shadowing",
            Self::Event => "an event",
        }
    }

    /// "observation", "visit", as in "Confirm the visit".
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Observation => "observation",
            Self::SiteVisit => "visit",
            Self::Interview => "interview",
            Self::Shadowing => "shadowing",
            Self::Event => "event",
        }
    }

    /// As a heading of the form: "Plan a visit".
    #[must_use]
    pub const fn to_plan(self) -> &'static str {
        match self {
            Self::Observation => "Plan an observation",
            Self::SiteVisit => "Plan a visit",
            Self::Interview => "Plan an interview",
            Self::Shadowing => "Plan a shadowing",
            Self::Event => "Plan going to an event",
        }
    }

    /// Who was visited may be invited in return; whom nobody in particular received may not.
    #[must_use]
    pub const fn has_return(self) -> bool {
        matches!(self, Self::SiteVisit | Self::Interview | Self::Shadowing)
    }

    /// One sentence for whoever chooses.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Observation => "One of you watches another at work, on things agreed beforehand.",
            Self::SiteVisit => "Go and see how another institution does it.",
            Self::Interview => "Ask somebody about their work and how they came to it.",
            Self::Shadowing => "Follow somebody through their working day.",
            Self::Event => "Go to a conference, a talk or a workshop together.",
        }
    }
}

crate::text_enum! {
    /// Where people have to be for it, which decides whether it uses a trip day.
    pub enum Reach {
        /// At their own institution: uses no trip day.
        Here = "here",
        /// At another place: a trip day for each who goes.
        Away = "away",
        /// By video: uses no trip day.
        Video = "video",
    }
}

crate::text_enum! {
    /// Whether a class, or whoever else is there, knows of an observation.
    pub enum Told {
        Yes = "yes",
        Later = "later",
        NoNeed = "no_need",
    }
}

impl Told {
    /// As a choice, and as a sentence once it is made.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Yes => "Everybody there knows",
            Self::Later => "They are told when it begins",
            Self::NoNeed => "Nobody else needs to know",
        }
    }
}

crate::text_enum! {
    /// `planned → confirmed → completed → reported`; a new date leads back to planned.
    pub enum TripState {
        Planned = "planned",
        Confirmed = "confirmed",
        /// It took place.
        Completed = "completed",
        /// And what was learned is written down.
        Reported = "reported",
        /// Waits for a new date.
        Postponed = "postponed",
        Cancelled = "cancelled",
    }
}

impl TripState {
    /// Whether a trip may go from this state to another. A new date makes it planned again, none yet postponed.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Planned | Self::Confirmed | Self::Postponed, Self::Planned | Self::Postponed | Self::Cancelled)
                | (Self::Planned, Self::Confirmed)
                | (Self::Confirmed, Self::Completed)
                | (Self::Completed, Self::Reported)
        )
    }

    /// It took place.
    #[must_use]
    pub const fn took_place(self) -> bool {
        matches!(self, Self::Completed | Self::Reported)
    }

    /// It took place, or everyone concerned has said yes to it.
    #[must_use]
    pub const fn is_taken_or_booked(self) -> bool {
        matches!(self, Self::Confirmed | Self::Completed | Self::Reported)
    }

    /// It may yet take place.
    #[must_use]
    pub const fn is_ahead(self) -> bool {
        matches!(self, Self::Planned | Self::Confirmed | Self::Postponed)
    }

    /// As the pages say it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Planned => "Planned",
            Self::Confirmed => "Confirmed",
            Self::Completed => "Took place",
            Self::Reported => "Written up",
            Self::Postponed => "Postponed",
            Self::Cancelled => "Called off",
        }
    }
}

/// A trip as one member of its group reads it: what is written of it is theirs as far as rule 8 goes.
#[derive(Debug, Clone)]
pub struct TripView {
    pub id: FieldTripId,
    pub kind: TripKind,
    pub state: TripState,
    pub on_date: Date,
    pub purpose: String,
    pub host_institution: String,
    pub host_person: String,
    pub host_email: String,
    /// What they want to ask in general, one a line.
    pub questions: String,
    pub observer_id: Option<ParticipationId>,
    pub observer_name: Option<String>,
    pub observed_id: Option<ParticipationId>,
    pub observed_name: Option<String>,
    pub reported_on: Option<Date>,
    pub reported_by: Option<ParticipationId>,
    /// What a visit taught the group, or an observation its observer.
    pub learned: String,
    /// One thing that the group, or the observed person, will try.
    pub to_try: String,
    /// It is the return visit of another: the guests come to the group, which has no host to thank or to invite.
    pub is_return: bool,
    /// When the plan was last put down, in the program's zone.
    pub worded_on: Date,
    /// The plan is from before the reader came.
    pub was_before_me: bool,
    /// It was written up before the reader came.
    pub report_was_before_me: bool,
}

impl TripView {
    #[must_use]
    pub fn is_observation(&self) -> bool {
        self.kind == TripKind::Observation
    }

    /// The observer or the observed.
    #[must_use]
    pub fn is_one_of_the_two(&self, who: ParticipationId) -> bool {
        self.observer_id == Some(who) || self.observed_id == Some(who)
    }

    /// What an observation left behind is for its two; what a visit did, for the group.
    #[must_use]
    pub fn may_read_report(&self, who: ParticipationId) -> bool {
        !self.is_observation() || self.is_one_of_the_two(who)
    }

    /// It is confirmed or took place, and its day has come: what belongs after it can be written.
    #[must_use]
    pub fn day_has_come(&self, today: Date) -> bool {
        self.state.is_taken_or_booked() && today >= self.on_date
    }

    /// A host could come and see them in return.
    #[must_use]
    pub fn has_return(&self) -> bool {
        self.kind.has_return() && !self.is_return
    }

    /// "Marcus observes Priya", or where the group goes.
    #[must_use]
    pub fn title(&self) -> String {
        match (&self.observer_name, &self.observed_name) {
            (Some(who), Some(whom)) => format!("{} observes {}", text::first_name(who), text::first_name(whom)),
            _ if !self.host_institution.is_empty() => self.host_institution.clone(),
            _ if !self.host_person.is_empty() => self.host_person.clone(),
            _ => words::capital(self.kind.noun()),
        }
    }

    /// "Noor", "the host".
    #[must_use]
    pub fn host_called(&self) -> String {
        let person = text::first_name(&self.host_person);
        if person.is_empty() { "the host".to_owned() } else { person.to_owned() }
    }

    /// Rule 8: whoever came after the plan was put down, or after it was written up, reads neither.
    pub(super) fn keep_to(&mut self, me: ParticipationId, joined_on: Date) {
        self.report_was_before_me =
            !self.is_one_of_the_two(me) && self.reported_on.is_some_and(|reported| reported < joined_on);
        if self.report_was_before_me || !self.may_read_report(me) {
            self.learned.clear();
            self.to_try.clear();
        }
        self.was_before_me = self.worded_on < joined_on && !self.is_one_of_the_two(me);
        if self.was_before_me {
            for words in [
                &mut self.purpose,
                &mut self.questions,
                &mut self.host_institution,
                &mut self.host_person,
                &mut self.host_email,
            ] {
                words.clear();
            }
        }
    }
}
