//! Before, during and after, as a list that is ticked off.
use super::super::super::model::{NextStep, Trip, TripState};
use super::on;

/// One step of the list.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) done: bool,
    pub(super) now: bool,
    /// "Before", "After".
    pub(super) when: &'static str,
    pub(super) heading: String,
    pub(super) text: String,
}

/// The steps of a trip as far as they have come.
pub(super) fn of(trip: &Trip, step: NextStep, observed: &str) -> Vec<Line> {
    let mut all = Vec::new();
    if trip.is_observation() {
        let consented = trip.consented_at.is_some();
        all.push(Line {
            done: consented,
            now: matches!(step, NextStep::GiveConsent | NextStep::WaitForConsent),
            when: "Before",
            heading: format!("{observed} agrees to it"),
            text: if consented { "Agreed.".to_owned() } else { "Not yet.".to_owned() },
        });
    }
    all.push(confirmed(trip, step));
    if trip.is_observation() {
        all.push(pre_met(trip, step));
    }
    all.push(the_day(trip, step));
    all.push(written_up(trip, step));
    if trip.is_observation() {
        all.push(Line {
            done: trip.debriefed_on.is_some(),
            now: step == NextStep::Debrief,
            when: "After",
            heading: "Talk it over".to_owned(),
            text: sentence("You talked", &on(trip.debriefed_on), "Within 14 days, while it is fresh."),
        });
    }
    all
}

fn confirmed(trip: &Trip, step: NextStep) -> Line {
    let done = matches!(trip.state, TripState::Confirmed | TripState::Completed | TripState::Reported);
    Line {
        done,
        now: matches!(step, NextStep::Confirm | NextStep::NewDate),
        when: "Before",
        heading: "Confirm it".to_owned(),
        text: if done {
            sentence("Confirmed", &on(trip.confirmed_on), "Confirmed.")
        } else {
            "It has to fit into what your supervisors approved, or they say yes to it.".to_owned()
        },
    }
}

fn pre_met(trip: &Trip, step: NextStep) -> Line {
    Line {
        done: trip.pre_met_on.is_some(),
        now: step == NextStep::PreMeet,
        when: "Before",
        heading: "Meet beforehand".to_owned(),
        text: format!(
            "{}{}",
            sentence("You met", &on(trip.pre_met_on), "What is the session about, and what do you want seen?"),
            trip.told.map(|told| format!(" {}.", told.label())).unwrap_or_default()
        ),
    }
}

fn the_day(trip: &Trip, step: NextStep) -> Line {
    Line {
        done: trip.state.took_place(),
        now: matches!(step, NextStep::WaitForTheDay | NextStep::SayItTookPlace),
        when: "The day",
        heading: "Go and see".to_owned(),
        text: sentence(
            "It took place",
            &on(trip.completed_on),
            "Look at what you agreed on, and write down what you see.",
        ),
    }
}

fn written_up(trip: &Trip, step: NextStep) -> Line {
    Line {
        done: trip.state == TripState::Reported,
        now: matches!(step, NextStep::Report | NextStep::WaitForTheTwo),
        when: "After",
        heading: "Write down what you learned".to_owned(),
        text: match (trip.state, trip.is_observation()) {
            (TripState::Reported, _) => "Done.".to_owned(),
            (_, true) => "For the two of you.".to_owned(),
            (_, false) => "For the whole group.".to_owned(),
        },
    }
}

/// "You met on 4 May.", or what stands there until it is done.
fn sentence(words: &str, when: &str, until_then: &str) -> String {
    if when.is_empty() { until_then.to_owned() } else { format!("{words} {when}.") }
}
