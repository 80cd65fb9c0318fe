//! What one person has to do with the programs they are in.
use crate::access::{ParticipationState, ProgramState};
use crate::base::{
    ids::{FeedbackId, FieldTripId, GoalId, GroupId, MeetingId, ParticipationId, ProgramId, TimePollId},
    text::first_name,
};
use crate::features::{
    approvals::RequestState,
    field_trips::{TripKind, TripState},
    goals::GoalState,
};
use time::{Date, OffsetDateTime, PrimitiveDateTime};

/// One program, and the person's roles in it.
#[derive(Debug, Clone)]
pub struct Mine {
    pub id: ProgramId,
    pub name: String,
    pub state: ProgramState,
    /// IANA name.
    pub time_zone: String,
    pub starts_on: Date,
    pub ends_on: Date,
    pub approval_required: bool,
    pub coordinates: bool,
    pub is_contact: bool,
    pub part: Option<Part>,
    pub end: Option<End>,
}

/// That a program is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Its last day.
    Ended(Date),
    /// The day on which it was, as far as it is known; and when it was to end.
    Cancelled(Option<Date>, Date),
}

impl End {
    /// `None` as long as it goes on.
    #[must_use]
    pub const fn of(state: ProgramState, ends_on: Date, cancelled_on: Option<Date>) -> Option<Self> {
        match state {
            ProgramState::Archived => Some(Self::Ended(ends_on)),
            ProgramState::Cancelled => Some(Self::Cancelled(cancelled_on, ends_on)),
            _ => None,
        }
    }
    /// By which what is over is put in order.
    #[must_use]
    pub fn day(self) -> Date {
        match self {
            Self::Ended(day) => day,
            Self::Cancelled(day, planned) => day.unwrap_or(planned),
        }
    }
}

/// A program in which the person's part has ended.
#[derive(Debug)]
pub struct Past {
    pub id: ProgramId,
    pub name: String,
    pub end: Option<End>,
}

impl Mine {
    /// Where its page is.
    pub fn path(&self) -> String {
        format!("/programs/{}", self.id)
    }
    pub const fn has_ended(&self) -> bool {
        matches!(self.state, ProgramState::Archived | ProgramState::Cancelled)
    }
    /// The group whose pages the person may open now.
    pub fn group(&self) -> Option<&MyGroup> {
        let part = self.part.as_ref().filter(|part| part.state == ParticipationState::Joined)?;
        part.group.as_ref().filter(|_| self.state.was_launched())
    }
    /// Takes part, or may, and has no group yet.
    pub fn waits_for_a_group(&self) -> bool {
        let waits = |part: &Part| matches!(part.state, ParticipationState::Invited | ParticipationState::Joined);
        self.state.takes_people() && self.group().is_none() && self.part.as_ref().is_some_and(waits)
    }
}

/// Taking part in a program.
#[derive(Debug, Clone)]
pub struct Part {
    pub id: ParticipationId,
    pub state: ParticipationState,
    /// Has said what they want, or what they can offer.
    pub has_said_wishes: bool,
    pub joined_at: Option<OffsetDateTime>,
    pub group: Option<MyGroup>,
    /// Another group in which they are offered a place, and have not answered.
    pub offered: Option<String>,
    /// How much feedback of theirs somebody would like to put into a portfolio, and waits for a yes or no.
    pub asked_to_show: usize,
    /// The last day of the three questions that they are asked and have not answered.
    pub pulse_until: Option<Date>,
}

#[derive(Debug, Clone)]
pub struct MyGroup {
    pub id: GroupId,
    pub name: String,
    pub focus: String,
}

/// The supervisor's answer that counts: the yes if there is one, else the newest question.
#[derive(Debug)]
pub struct Backing {
    pub participation_id: ParticipationId,
    pub supervisor_name: String,
    pub state: RequestState,
    pub asked_at: OffsetDateTime,
    pub hours_month: Option<i32>,
    pub work_time: Option<bool>,
    pub trip_days: Option<i32>,
}

impl Backing {
    /// What the others call them.
    pub fn first_name(&self) -> &str {
        first_name(&self.supervisor_name)
    }
}

/// Feedback that somebody shared with the person, who has not answered, or that the other logged as said.
#[derive(Debug)]
pub struct Received {
    pub id: FeedbackId,
    pub program_id: ProgramId,
    pub group_id: GroupId,
    /// The giver of what was shared; of what was said, the one who logged it.
    pub other: String,
    pub happened_on: Date,
    pub is_opened: bool,
    /// Waits for the person's word on whether it was said like this.
    pub to_confirm: bool,
    /// Titles of the elements it is about, which both have agreed on.
    pub about: Vec<String>,
}

/// Feedback that the person is still writing.
#[derive(Debug)]
pub struct Draft {
    pub id: FeedbackId,
    pub program_id: ProgramId,
    pub group_id: GroupId,
    pub receiver: String,
}

/// A goal of the person or of their group that is not closed.
#[derive(Debug)]
pub struct Goal {
    pub id: GoalId,
    pub program_id: ProgramId,
    pub group_id: GroupId,
    pub is_own: bool,
    pub title: String,
    pub statement: String,
    pub target_on: Option<Date>,
    pub state: GoalState,
    pub agreed_by_me: bool,
    /// Titles of the agreed elements about the person under it.
    pub elements: Vec<String>,
}

/// Something open that the person said they would do, or all of their group.
#[derive(Debug)]
pub struct Action {
    pub group_id: GroupId,
    pub words: String,
    pub due_on: Date,
}

/// A question when the group can meet, which still takes answers.
#[derive(Debug)]
pub struct Poll {
    pub id: TimePollId,
    pub group_id: GroupId,
    /// The person has said when they can.
    pub answered: bool,
    /// Somebody in the group has not.
    pub waits: bool,
}

/// Other words for a goal of the group, which wait for the person's yes.
#[derive(Debug)]
pub struct Reworded {
    pub goal_id: GoalId,
    pub group_id: GroupId,
    /// As it would be called.
    pub title: String,
    pub by: String,
}

/// An element about the person that waits for their yes.
#[derive(Debug)]
pub struct Proposed {
    pub goal_id: GoalId,
    pub program_id: ProgramId,
    pub group_id: GroupId,
    pub title: String,
    pub by: String,
}

/// A scheduled meeting.
#[derive(Debug)]
pub struct Meeting {
    pub id: MeetingId,
    pub program_id: ProgramId,
    pub group_id: GroupId,
    pub starts_local: PrimitiveDateTime,
    pub is_over: bool,
    pub minutes: i32,
    pub planned: i32,
    /// The person's role in it.
    pub role: Option<Role>,
}

crate::text_enum! {
    /// What somebody does in a meeting, besides taking part.
    pub enum Role {
        Facilitator = "facilitator",
        Timekeeper = "timekeeper",
        NoteTaker = "note_taker",
    }
}

/// A trip the person has to do with, not written up yet.
#[derive(Debug)]
pub struct Trip {
    pub id: FieldTripId,
    pub program_id: ProgramId,
    pub group_id: GroupId,
    pub kind: TripKind,
    pub state: TripState,
    pub on_date: Date,
    pub purpose: String,
    /// Of an observation.
    pub observer: Option<String>,
    pub observed: Option<String>,
    pub i_observe: bool,
    pub i_am_observed: bool,
    pub has_consent: bool,
    pub has_pre_met: bool,
    /// Words for the program are proposed of it, and the person, who went, has not agreed.
    pub asks_to_share: bool,
}

/// What the person made or means to make.
#[derive(Debug)]
pub struct Product {
    pub program_id: ProgramId,
    pub group_id: GroupId,
    pub goal_id: GoalId,
    pub title: String,
}
