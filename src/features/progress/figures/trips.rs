//! Whether trips took place, and what went before and after observations.
use super::Share;
use crate::features::field_trips::TripState;
use crate::features::progress::model::{ObservationFacts, TripFacts};
use time::{Date, Duration};

/// Days in which an observation is talked over.
const TALKED_OVER_WITHIN: Duration = Duration::days(14);

/// Its date has passed: the day is over, or it took place on it.
fn has_passed(day: Date, state: TripState, t: Date) -> bool {
    day < t || (day == t && state.took_place())
}

/// (Completed + reported) ÷ (ever confirmed, and the date has passed or it was cancelled).
pub fn trip_completion<'a>(trips: impl IntoIterator<Item = &'a TripFacts>, t: Date) -> Share {
    trips
        .into_iter()
        .filter(|trip| {
            trip.was_confirmed && (has_passed(trip.day, trip.state, t) || trip.state == TripState::Cancelled)
        })
        .map(|trip| Share { num: i32::from(trip.state.took_place()), den: 1 })
        .sum()
}

/// Met beforehand and talked over within 14 days ÷ observations whose date has passed and that were not cancelled.
pub fn observation_cycle<'a>(observations: impl IntoIterator<Item = &'a ObservationFacts>, t: Date) -> Share {
    let whole = |one: &ObservationFacts| {
        one.pre_met_on.is_some() && one.debriefed_on.is_some_and(|day| day <= one.day + TALKED_OVER_WITHIN)
    };
    observations
        .into_iter()
        .filter(|one| one.state != TripState::Cancelled && has_passed(one.day, one.state, t))
        .map(|one| Share { num: i32::from(whole(one)), den: 1 })
        .sum()
}
