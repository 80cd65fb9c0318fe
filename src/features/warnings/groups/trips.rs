//! A trip that is near, and for which somebody has still to say yes.
use super::{Says, Seen, to_group};
use crate::base::words;
use crate::features::field_trips::TripState;
use crate::features::progress::{
    TripFacts,
    thresholds::{GROUP_FIRST_DAYS, TRIP_DAYS},
};
use crate::features::warnings::{Kind, Warning};
use time::Duration;

/// The next such trip, with everyone it waits for. What a supervisor has not answered is on the desk at once, and never the group's.
pub(super) fn waits(seen: Seen<'_>) -> Vec<Warning> {
    let of = |trip| kinds(trip).into_iter().flatten().filter_map(move |kind| waits_for(seen, trip, kind)).collect();
    seen.group.trips.iter().map(of).find(|found: &Vec<Warning>| !found.is_empty()).unwrap_or_default()
}

fn waits_for(seen: Seen<'_>, trip: &TripFacts, kind: Kind) -> Option<Warning> {
    let sooner = if kind == Kind::TripUnanswered { 0 } else { GROUP_FIRST_DAYS };
    let from = trip.day - Duration::days(TRIP_DAYS + sooner);
    if seen.today < from || seen.today > trip.day {
        return None;
    }
    let (name, on) = (&seen.group.name, words::day(trip.day));
    let what = format!("{} on {on}", trip.kind.with_article());
    let (waits, text, behind) = match kind {
        Kind::HostSilent => (
            "and the host has not answered",
            "The host was asked and has not said yet whether the day suits them.",
            "whose host has not answered",
        ),
        Kind::TripUnanswered => (
            "and a supervisor has not answered",
            "It goes beyond what was approved for somebody, whose supervisor was asked for a yes to it.",
            "about which a supervisor has not answered",
        ),
        _ => ("not confirmed", "Somebody has still to say yes to it.", "which is not confirmed"),
    };
    let says = Says {
        title: format!("{name} plans {what}, {waits}"),
        text: text.to_owned(),
        behind: format!("It plans {what}, {behind}."),
    };
    let since = from.max(trip.waits_since);
    let warning = if kind == Kind::TripUnanswered {
        seen.finding(kind, since, says)
    } else {
        let told = match kind {
            Kind::HostSilent => format!("The host of your trip on {on} has not answered yet. Ask once more, or call."),
            _ => format!("You plan {what}, and it is not confirmed."),
        };
        seen.told_early(kind, since, says, to_group(told, format!("trips/{}", trip.id), "Look at the trip"))
    };
    Some(warning.with(vec![("day", seen.term.day_number(trip.day))]).with_degree(trip.day.to_julian_day()))
}

/// What a trip waits for, if it waits.
const fn kinds(trip: &TripFacts) -> [Option<Kind>; 2] {
    match trip.state {
        TripState::Planned | TripState::Confirmed if trip.supervisor_waits || trip.host_waits => [
            if trip.supervisor_waits { Some(Kind::TripUnanswered) } else { None },
            if trip.host_waits { Some(Kind::HostSilent) } else { None },
        ],
        TripState::Planned => [Some(Kind::TripUnconfirmed), None],
        _ => [None, None],
    }
}
