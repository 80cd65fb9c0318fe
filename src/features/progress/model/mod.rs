//! The facts that the coordinator's page is made of. Nothing here holds what anyone said.
mod results;
mod words;

pub use results::{ElementFacts, GoalOutcome, LiveFacts, ObservationFacts, PlacedFacts, RequestFacts};
pub use words::{ItemKind, MeetingState};

use crate::access::{ParticipationState, ProgramState};
use crate::base::ids::{FieldTripId, GroupId, MeetingId, ParticipationId, ProgramId};
use crate::base::words::{capital, number};
use crate::features::{
    approvals::RequestState,
    field_trips::{TripKind, TripState},
    groups::KeptSmall,
};
use time::{Date, Duration, OffsetDateTime};

/// A program with everything its page says of it.
#[derive(Debug, Clone)]
pub struct ProgramFacts {
    pub id: ProgramId,
    pub name: String,
    pub state: ProgramState,
    /// IANA name; all days below are days in this zone.
    pub time_zone: String,
    pub starts_on: Date,
    pub ends_on: Date,
    pub rhythm_days: i64,
    pub group_min: usize,
    pub approval_required: bool,
    pub created_on: Date,
    /// When people were first invited; none of a draft.
    pub opened_on: Option<Date>,
    pub people: Vec<PersonFacts>,
    /// Those that are not closed, by name.
    pub groups: Vec<GroupFacts>,
}

impl ProgramFacts {
    /// Where its page is.
    pub fn path(&self) -> String {
        format!("/programs/{}", self.id)
    }
    /// Weeks it lasts; a begun week counts.
    pub fn weeks(&self) -> i64 {
        (self.ends_on - self.starts_on).whole_days() / 7 + 1
    }
    /// The week of a day, from 1; 0 before the start, and never more than [`Self::weeks`].
    pub fn week_of(&self, day: Date) -> i64 {
        let days = (day - self.starts_on).whole_days();
        if days < 0 { 0 } else { (days / 7 + 1).min(self.weeks()) }
    }
    /// Its dates and its rhythm, for what is said of its groups.
    pub const fn term(&self) -> Term {
        Term { starts_on: self.starts_on, ends_on: self.ends_on, rhythm_days: self.rhythm_days }
    }
    /// The day on which half of it is over.
    pub fn middle(&self) -> Date {
        self.term().middle()
    }
    /// Days from its start to a day.
    pub fn day_number(&self, day: Date) -> f64 {
        self.term().day_number(day)
    }
    /// Those who can be in a group: joined, and not on hold.
    pub fn joined(&self) -> impl Iterator<Item = &PersonFacts> {
        self.people.iter().filter(|person| person.state == ParticipationState::Joined)
    }
    /// Joined, backed or not in need of it, and in no group.
    pub fn ready_to_be_placed(&self, today: Date) -> impl Iterator<Item = &PersonFacts> {
        let required = self.approval_required;
        self.joined().filter(move |person| !person.placed && (!required || person.is_backed(today)))
    }
}

/// When a program runs, and how often its groups meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    pub starts_on: Date,
    pub ends_on: Date,
    pub rhythm_days: i64,
}

impl Term {
    /// The day on which half of it is over.
    pub fn middle(self) -> Date {
        self.starts_on + Duration::days((self.ends_on - self.starts_on).whole_days() / 2)
    }
    /// Days from its start to a day.
    pub fn day_number(self, day: Date) -> f64 {
        f64::from(day.to_julian_day() - self.starts_on.to_julian_day())
    }
}

/// Someone's part in a program, as far as a coordinator sees it.
#[derive(Debug, Clone)]
pub struct PersonFacts {
    pub id: ParticipationId,
    pub name: String,
    pub state: ParticipationState,
    pub invited_on: Date,
    pub joined_on: Option<Date>,
    /// In a group, or planned to be.
    pub placed: bool,
    /// The last day of the supervisor's yes, if there is or was one.
    pub backed_until: Option<Date>,
    /// The newest question to a supervisor about taking part.
    pub asked: Option<Asked>,
}

impl PersonFacts {
    pub fn is_backed(&self, today: Date) -> bool {
        self.backed_until.is_some_and(|until| until >= today)
    }
}

#[derive(Debug, Clone)]
pub struct Asked {
    pub state: RequestState,
    pub on: Date,
    /// When it was last answered.
    pub decided_on: Option<Date>,
}

/// A group with what happened in it: when, how long, how many.
#[derive(Debug, Clone)]
pub struct GroupFacts {
    pub id: GroupId,
    pub program_id: ProgramId,
    pub name: String,
    /// Open members, or before launch those who are planned.
    pub members: Vec<MemberFacts>,
    /// Those who keep their place and do not count for now.
    pub resting: Vec<Resting>,
    /// When the first of them began; none before launch.
    pub began_on: Option<Date>,
    /// When somebody last left.
    pub last_left_on: Option<Date>,
    /// The least members that the program asks of a group.
    pub least: usize,
    /// That it goes on below that, as somebody decided.
    pub kept_small: Option<KeptSmall>,
    /// When its first agreement came into force. What it says, only its members read.
    pub agreement_since: Option<Date>,
    /// By time.
    pub meetings: Vec<MeetingFacts>,
    /// What they said they would do, by its day; without what was dropped.
    pub actions: Vec<ActionFacts>,
    /// By date.
    pub trips: Vec<TripFacts>,
    /// Those that were agreed, whether or not they are closed; not the dropped ones.
    pub goals: Vec<GoalFacts>,
    /// Live feedback, counted by direction.
    pub feedback: Vec<Given>,
}

impl GroupFacts {
    /// Where its page is.
    pub fn path(&self) -> String {
        format!("/programs/{}/groups/{}", self.program_id, self.id)
    }
    /// The held meetings up to a day, by time.
    pub fn held(&self, until: Date) -> impl DoubleEndedIterator<Item = &MeetingFacts> {
        self.meetings.iter().filter(move |meeting| meeting.state == MeetingState::Held && meeting.day <= until)
    }
    pub fn last_met(&self, until: Date) -> Option<Date> {
        self.held(until).next_back().map(|meeting| meeting.day)
    }
    /// The day of the meeting by which an agreement should have been in force, if none is.
    pub fn agreement_was_due(&self, today: Date) -> Option<Date> {
        if self.agreement_since.is_some() {
            return None;
        }
        self.held(today).nth(super::thresholds::AGREEMENT_BY_MEETING - 1).map(|meeting| meeting.day)
    }
    /// The next meeting that is scheduled for this day or later.
    pub fn next_meeting(&self, from: Date) -> Option<&MeetingFacts> {
        self.meetings.iter().find(|meeting| meeting.state == MeetingState::Scheduled && meeting.day >= from)
    }
    pub fn all_backed(&self, today: Date) -> bool {
        !self.members.is_empty() && self.members.iter().all(|member| member.is_backed(today))
    }
    /// Below the program's minimum, and nobody decided that it goes on as small as it is.
    pub fn is_too_small(&self) -> bool {
        let kept = self.kept_small.is_some_and(|kept| kept.holds(self.members.len(), self.last_left_on));
        self.members.len() < self.least && !kept
    }
    /// "One more is on hold.": nothing where nobody is. Follows a sentence about its size.
    pub fn resting_words(&self) -> String {
        match self.resting.len() {
            0 => String::new(),
            1 => " One more is on hold, and counts again once back.".to_owned(),
            many => format!(" {} more are on hold, and count again once back.", capital(&number(many))),
        }
    }
    /// A goal of the group is agreed, or every member has one of their own.
    pub fn has_goal(&self) -> bool {
        let owns = |member: &MemberFacts| self.goals.iter().any(|goal| goal.owner == Some(member.id));
        self.goals.iter().any(|goal| goal.owner.is_none())
            || (!self.members.is_empty() && self.members.iter().all(owns))
    }
    pub fn has_trip(&self) -> bool {
        self.trips.iter().any(|trip| trip.state.is_taken_or_booked())
    }
    pub fn feedback_items(&self) -> i32 {
        self.feedback.iter().map(|given| given.times).sum()
    }
}

/// A member as the coordinator knows them: by name, and whether a supervisor backs them.
#[derive(Debug, Clone)]
pub struct MemberFacts {
    pub id: ParticipationId,
    pub name: String,
    pub email: String,
    pub backed_until: Option<Date>,
    /// The program asks for no approval.
    pub needs_none: bool,
}

/// Somebody on hold.
#[derive(Debug, Clone)]
pub struct Resting {
    pub member: MemberFacts,
    /// The day they are back from a pause that they said; none where they wait for a yes.
    pub until: Option<Date>,
}

impl MemberFacts {
    pub fn is_backed(&self, today: Date) -> bool {
        self.needs_none || self.backed_until.is_some_and(|until| until >= today)
    }
}

/// A meeting without its words: headcounts and minutes.
#[derive(Debug, Clone)]
pub struct MeetingFacts {
    pub id: MeetingId,
    pub day: Date,
    pub starts_at: OffsetDateTime,
    pub ends_at: OffsetDateTime,
    pub state: MeetingState,
    /// When somebody said how it went.
    pub logged_on: Option<Date>,
    /// Minutes from the log, if it was held.
    pub minutes: i32,
    /// How many came.
    pub present: i32,
    /// How many open members the group had on that day.
    pub members_then: i32,
    /// One row per kind on the agenda; empty when there was none.
    pub agenda: Vec<KindMinutes>,
}

impl MeetingFacts {
    /// The day from which it is known how it went.
    pub fn known_on(&self) -> Date {
        self.logged_on.map_or(self.day, |logged| logged.max(self.day))
    }
    /// It should have taken place, and nobody has said how it went.
    pub fn waits_for_its_log(&self, today: Date) -> bool {
        self.state == MeetingState::Scheduled && self.day < today
    }
}

/// The minutes of one kind in one meeting.
#[derive(Debug, Clone, Copy, sqlx::Type)]
#[sqlx(type_name = "record")]
pub struct KindMinutes {
    pub kind: ItemKind,
    pub planned: i32,
    /// Of items that were done.
    pub actual: i32,
    /// Of these, the minutes of items that name a goal.
    pub with_goal: i32,
}

#[derive(Debug, Clone, sqlx::Type)]
#[sqlx(type_name = "record")]
pub struct TripFacts {
    pub id: FieldTripId,
    pub kind: TripKind,
    pub day: Date,
    pub state: TripState,
    /// It was confirmed at some time.
    pub was_confirmed: bool,
    /// For each person, in hundredths.
    pub cost_cents: i32,
    /// Its host was asked and has not answered.
    pub host_waits: bool,
    /// The supervisor of somebody who goes was asked for a yes to it and has not answered.
    pub supervisor_waits: bool,
    /// The day on which it was planned, or its host was last asked.
    pub waits_since: Date,
}

#[derive(Debug, Clone, sqlx::Type)]
#[sqlx(type_name = "record")]
pub struct GoalFacts {
    /// None for a goal of the group.
    pub owner: Option<ParticipationId>,
    pub agreed_on: Date,
    /// Agreed elements under it.
    pub elements: i32,
}

/// That somebody said they would do something by a day, and when it was done.
#[derive(Debug, Clone, Copy, sqlx::Type)]
#[sqlx(type_name = "record")]
pub struct ActionFacts {
    pub due_on: Date,
    pub done_on: Option<Date>,
}

/// How often one person gave feedback to another that counts from one day on. Coordinators get sums of it only.
#[derive(Debug, Clone, Copy, sqlx::Type)]
#[sqlx(type_name = "record")]
pub struct Given {
    pub from: ParticipationId,
    pub to: ParticipationId,
    pub times: i32,
    /// The day the latest was about.
    pub last_on: Date,
    /// The day from which it counts.
    pub known_on: Date,
}
