//! What a program's rows say, with the days on which each thing came to be so: days of the program's zone. Holds when,
//! how long and how many, and none of what anybody said.
use crate::access::{ParticipationState, ProgramState};
use crate::base::ids::{ElementId, FieldTripId, GoalId, GroupId, MeetingId, ParticipationId, ProgramId};
use crate::features::{
    actions::ActionState,
    approvals::RequestState,
    elements::ElementState,
    feedback::FeedbackState,
    field_trips::{TripKind, TripState},
    goals::GoalState,
    progress::{ItemKind, MeetingState},
    pulse::{Pulse, Results},
};
use time::{Date, OffsetDateTime};

/// A program with everything that its figures are made of, as it is today.
#[derive(Debug, Clone)]
pub struct Records {
    pub id: ProgramId,
    pub name: String,
    pub institution: String,
    pub state: ProgramState,
    /// IANA name.
    pub time_zone: String,
    pub starts_on: Date,
    pub ends_on: Date,
    pub rhythm_days: i64,
    pub approval_required: bool,
    pub opened_on: Option<Date>,
    pub launched_on: Option<Date>,
    /// The day on which these rows were read.
    pub today: Date,
    /// By name.
    pub parts: Vec<Part>,
    /// Oldest first.
    pub requests: Vec<AskedSupervisor>,
    /// By name; the closed ones too.
    pub groups: Vec<GroupRecords>,
    /// Closed ones with what came of them, if enough answered, the newest first.
    pub pulses: Vec<ClosedPulse>,
}

/// Somebody's part in the program.
#[derive(Debug, Clone)]
pub struct Part {
    pub id: ParticipationId,
    pub name: String,
    pub email: String,
    pub state: ParticipationState,
    pub invited_on: Date,
    pub joined_on: Option<Date>,
    pub ended_on: Option<Date>,
    /// From the first day until the day they are back.
    pub pause: Option<(Date, Date)>,
}

/// A question to a supervisor.
#[derive(Debug, Clone)]
pub struct AskedSupervisor {
    pub part: ParticipationId,
    /// About one trip, not about taking part.
    pub about_trip: bool,
    pub state: RequestState,
    pub asked_on: Date,
    /// From first sent to the first answer.
    pub hours: Option<f64>,
    pub answered_on: Option<Date>,
    pub decided_on: Option<Date>,
    /// When the peer took the condition.
    pub accepted_on: Option<Date>,
    pub expires_on: Date,
    pub valid_from: Date,
    pub valid_until: Date,
    pub revoked_from: Option<Date>,
}

#[derive(Debug, Clone)]
pub struct GroupRecords {
    pub id: GroupId,
    pub name: String,
    pub closed_on: Option<Date>,
    /// When its first agreement came into force.
    pub agreement_since: Option<Date>,
    pub memberships: Vec<Belonged>,
    /// By time.
    pub meetings: Vec<Met>,
    pub actions: Vec<Promised>,
    pub trips: Vec<Went>,
    pub goals: Vec<Aimed>,
    pub elements: Vec<Element>,
    pub feedback: Vec<Said>,
}

/// Half-open: on `left_on` they belong no more.
#[derive(Debug, Clone, Copy)]
pub struct Belonged {
    pub part: ParticipationId,
    pub joined_on: Date,
    pub left_on: Option<Date>,
}

#[derive(Debug, Clone)]
pub struct Met {
    pub id: MeetingId,
    pub created_on: Date,
    pub day: Date,
    pub starts_at: OffsetDateTime,
    pub ends_at: OffsetDateTime,
    pub state: MeetingState,
    pub logged_on: Option<Date>,
    /// 0 unless it was held.
    pub minutes: i32,
    pub present: i32,
    pub items: Vec<Item>,
}

/// One line of an agenda.
#[derive(Debug, Clone, Copy, sqlx::Type)]
#[sqlx(type_name = "record")]
pub struct Item {
    pub kind: ItemKind,
    pub planned: i32,
    /// Of an item that was done.
    pub actual: Option<i32>,
    pub has_goal: bool,
    /// Planned for an earlier meeting first, where it counts as planned.
    pub carried_in: bool,
}

/// What somebody said they would do.
#[derive(Debug, Clone, Copy)]
pub struct Promised {
    pub written_on: Date,
    pub due_on: Date,
    pub state: ActionState,
    pub closed_on: Option<Date>,
}

#[derive(Debug, Clone, Copy)]
pub struct Went {
    pub id: FieldTripId,
    pub kind: TripKind,
    pub created_on: Date,
    pub day: Date,
    pub state: TripState,
    pub confirmed_on: Option<Date>,
    pub completed_on: Option<Date>,
    pub reported_on: Option<Date>,
    pub pre_met_on: Option<Date>,
    pub debriefed_on: Option<Date>,
    pub cost_cents: i32,
}

/// A goal.
#[derive(Debug, Clone)]
pub struct Aimed {
    pub id: GoalId,
    pub owner: Option<ParticipationId>,
    pub state: GoalState,
    pub agreed_on: Option<Date>,
    pub closed_on: Option<Date>,
    /// The day on which its first product was named.
    pub product_on: Option<Date>,
}

#[derive(Debug, Clone, Copy)]
pub struct Element {
    pub id: ElementId,
    pub goal: GoalId,
    pub about: ParticipationId,
    pub state: ElementState,
    pub agreed_on: Option<Date>,
    pub retired_on: Option<Date>,
}

/// An item of feedback that is no draft.
#[derive(Debug, Clone)]
pub struct Said {
    pub from: ParticipationId,
    pub to: ParticipationId,
    pub spoken: bool,
    pub state: FeedbackState,
    /// The day it is about.
    pub on: Date,
    pub shared_on: Option<Date>,
    /// Of spoken feedback: when it was confirmed.
    pub opened_on: Option<Date>,
    pub answered_on: Option<Date>,
    /// Since when a report hides it.
    pub reported_on: Option<Date>,
    pub elements: Vec<ElementId>,
}

#[derive(Debug, Clone)]
pub struct ClosedPulse {
    pub pulse: Pulse,
    pub closed_on: Date,
    /// `None` where too few answered.
    pub results: Option<Results>,
}
