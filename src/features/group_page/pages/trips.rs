//! Going to see, as the members read it.
use crate::access::InGroup;
use crate::base::words;
use crate::features::field_trips::{TripKind, TripState};
use crate::features::group_page::model::{Called, Trip};
use time::Date;

pub(super) struct TripLine {
    pub(super) iso: String,
    pub(super) day: String,
    pub(super) weekday: &'static str,
    pub(super) href: String,
    pub(super) title: String,
    pub(super) note: String,
}

/// What is ahead, soonest first; then what was, newest first.
pub(super) fn trip_lines(group: &InGroup, called: &Called, trips: &[Trip], today: Date) -> Vec<TripLine> {
    let (mut ahead, been): (Vec<&Trip>, Vec<&Trip>) = trips.iter().partition(|trip| trip.on_date >= today);
    ahead.reverse();
    ahead
        .into_iter()
        .chain(been)
        .map(|trip| TripLine {
            iso: words::iso_day(trip.on_date),
            day: words::short_day(trip.on_date),
            weekday: words::short_weekday(trip.on_date),
            href: format!("{}/trips/{}", group.path(), trip.id),
            title: title(called, trip, today),
            note: note(trip, today),
        })
        .collect()
}

fn title(called: &Called, trip: &Trip, today: Date) -> String {
    if let (Some(observer), Some(observed)) = (trip.observer, trip.observed) {
        let verb = if trip.state.took_place() || trip.on_date < today {
            "observed"
        } else {
            called.verb(observer, "observe", "observes")
        };
        return words::capital(&format!("{} {verb} {}", called.name(observer), called.name(observed)));
    }
    let at = [&trip.host_institution, &trip.place].into_iter().find(|place| !place.is_empty());
    match (at, trip.kind) {
        (Some(place), TripKind::SiteVisit) => format!("Visit to {place}"),
        (Some(place), kind) => format!("{}, {place}", kind.label()),
        (None, kind) => kind.label().to_owned(),
    }
}

fn note(trip: &Trip, today: Date) -> String {
    let purpose = trip.purpose.trim_end_matches('.');
    let stands = match (trip.state, trip.debriefed_on) {
        (TripState::Planned, _) => "not confirmed yet".to_owned(),
        (TripState::Postponed, _) => "postponed".to_owned(),
        (_, Some(day)) => format!("talked through on {}", words::day(day)),
        (TripState::Completed, None) => "to be written up".to_owned(),
        _ => trip.starts_time.map_or_else(String::new, |time| format!("at {}", words::clock_time(time))),
    };
    let returns = if trip.owes_a_return(today) { "the return visit is open" } else { "" };
    let parts = [purpose, stands.as_str(), returns].into_iter().filter(|part| !part.is_empty());
    words::capital(&parts.collect::<Vec<_>>().join(", "))
}
