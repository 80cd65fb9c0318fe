//! Facts that the program's report needs and the coordinator's page does not.
use crate::base::ids::{ElementId, ParticipationId};
use crate::features::{field_trips::TripState, goals::GoalState};
use time::Date;

/// What became of one question to a supervisor.
#[derive(Debug, Clone, Copy)]
pub struct RequestFacts {
    /// From when it was first sent to the first answer.
    pub hours: Option<f64>,
    pub answered: bool,
    /// It was, whatever became of the yes later.
    pub approved: bool,
}

/// Somebody who was in a group at some time.
#[derive(Debug, Clone, Copy)]
pub struct PlacedFacts {
    /// Withdrawn or removed; who completed stayed.
    pub gone: bool,
}

/// Something that feedback to an open member may be about.
#[derive(Debug, Clone, Copy)]
pub struct ElementFacts {
    pub id: ElementId,
    pub agreed_on: Date,
}

/// An item of feedback that counts: shared or later, or confirmed; not disputed, taken back or hidden.
#[derive(Debug, Clone)]
pub struct LiveFacts {
    pub from: ParticipationId,
    pub to: ParticipationId,
    /// The day it is about.
    pub on: Date,
    /// The day from which it counts.
    pub known_on: Date,
    pub elements: Vec<ElementId>,
    /// Answered, or confirmed.
    pub acknowledged: bool,
}

/// One peer observes another.
#[derive(Debug, Clone, Copy)]
pub struct ObservationFacts {
    pub day: Date,
    pub state: TripState,
    pub pre_met_on: Option<Date>,
    pub debriefed_on: Option<Date>,
}

/// Where a goal stands, and whether anything came of it that can be held in hand.
#[derive(Debug, Clone, Copy)]
pub struct GoalOutcome {
    pub state: GoalState,
    pub has_product: bool,
}
