//! What is due of a trip on a day. No database, no HTML.
use crate::features::field_trips::{TripKind, TripState};
use time::{Date, Duration};

crate::text_enum! {
    /// What is sent by the day of a trip.
    pub enum Step {
        /// To the two of an observation: meet beforehand.
        PreMeeting = "pre_meeting",
        /// To the two of an observation: talk it over.
        Debrief = "debrief",
        /// To those who went, of an observation to the two: write it up.
        Report = "report",
    }
}

impl Step {
    /// The first day on which it is sent, and the last: later it would come too late to help.
    #[must_use]
    pub fn days(self, on_date: Date) -> (Date, Date) {
        let from = |first: i64, last: i64| {
            (on_date.saturating_add(Duration::days(first)), on_date.saturating_add(Duration::days(last)))
        };
        match self {
            Self::PreMeeting => from(-7, -1),
            Self::Debrief => from(3, 14),
            Self::Report => from(10, 40),
        }
    }

    /// The first email of a row is always sent at its time; the others let people sleep.
    #[must_use]
    pub const fn is_urgent(self) -> bool {
        matches!(self, Self::PreMeeting)
    }
}

/// A trip, as much of it as its reminders need.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    pub kind: TripKind,
    pub state: TripState,
    pub on_date: Date,
    pub has_pre_met: bool,
    pub is_debriefed: bool,
}

/// Whether a reminder has something to say on a day. A trip of which nobody said that it took place is one that did,
/// once its day is past and it was confirmed: its page asks first whether it did.
#[must_use]
pub fn is_due(step: Step, trip: &Facts, today: Date) -> bool {
    let (first, last) = step.days(trip.on_date);
    let is_observation = trip.kind == TripKind::Observation;
    let open = match step {
        Step::PreMeeting => is_observation && trip.state == TripState::Confirmed && !trip.has_pre_met,
        Step::Debrief => is_observation && trip.state.is_taken_or_booked() && !trip.is_debriefed,
        Step::Report => matches!(trip.state, TripState::Confirmed | TripState::Completed),
    };
    open && first <= today && today <= last
}
