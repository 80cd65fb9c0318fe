//! When the letter is due, and what it says of a program. No database, no HTML.
use crate::base::{local_time, words};
use crate::features::desk::{Thing, sentence};
use crate::features::progress::thresholds::REPLACED_WITHIN_DAYS;
use crate::features::progress::{
    GroupFacts, MeetingFacts, MeetingState, ProgramFacts, Standing, standing, standing_then,
};
use time::{Date, Duration, OffsetDateTime, Weekday};

/// Of a Monday, the hours in which the letter may begin its way; it waits for no other day.
const HOURS: std::ops::Range<u8> = 8..19;
/// The days that it tells of.
const WEEK: Duration = Duration::days(7);
/// Groups of which it is said by name that they changed.
const NAMED: usize = 3;

/// The Monday whose letter is due now in a zone.
#[must_use]
pub fn due(zone: &str, now: OffsetDateTime) -> Option<Date> {
    let local = local_time::to_local(zone, now);
    let is_due = local.weekday() == Weekday::Monday && HOURS.contains(&local.hour());
    is_due.then(|| local.date())
}

/// Whether the letter can be due in any zone: they lie from twelve hours behind UTC to fourteen ahead.
#[must_use]
pub fn may_be_due(now: OffsetDateTime) -> bool {
    matches!(now.weekday(), Weekday::Sunday | Weekday::Monday | Weekday::Tuesday)
}

/// Whether a letter of a Monday comes too late to be of use: after Tuesday.
#[must_use]
pub fn is_late(zone: &str, monday: Date, now: OffsetDateTime) -> bool {
    local_time::day_in(zone, now) > monday + Duration::DAY
}

/// What is said of one program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// Where the program is, and how its groups are.
    pub how: String,
    /// What changed since a week ago.
    pub changed: Vec<String>,
    /// What is planned for the seven days from now.
    pub ahead: Vec<String>,
    /// What stands on the desk.
    pub desk: String,
}

/// A program in the week up to a day, and in the week from it; `things` are those on its desk.
#[must_use]
pub fn week(program: &ProgramFacts, things: &[Thing], today: Date) -> Week {
    Week {
        how: sentence(program, today).text(),
        changed: changed(program, things, today),
        ahead: ahead(program, today),
        desk: on_the_desk(things),
    }
}

fn meetings(program: &ProgramFacts, from: Date, until: Date) -> Vec<&MeetingFacts> {
    let all = program.groups.iter().flat_map(|group| &group.meetings);
    all.filter(|meeting| meeting.day >= from && meeting.day < until).collect()
}

fn were(n: usize, one: &str, many: &str) -> Option<String> {
    (n > 0).then(|| format!("{}.", words::capital(&words::count(n, one, many))))
}

fn changed(program: &ProgramFacts, things: &[Thing], today: Date) -> Vec<String> {
    let since = today - WEEK;
    let past = meetings(program, since, today);
    let of = |is: &dyn Fn(&MeetingFacts) -> bool| past.iter().filter(|meeting| is(meeting)).count();
    let trips = program.groups.iter().flat_map(|group| &group.trips);
    let went = trips.filter(|trip| trip.state.took_place() && trip.day >= since && trip.day < today).count();
    let fresh = |thing: &&Thing| thing.warnings.iter().any(|warning| warning.on_the_desk_from > since);
    let mut said: Vec<String> = [
        were(of(&|one| one.state == MeetingState::Held), "meeting was held", "meetings were held"),
        were(missed(program, &past), "meeting did not take place", "meetings did not take place"),
        were(of(&|one| one.waits_for_its_log(today)), "meeting has no log yet", "meetings have no log yet"),
        were(went, "trip took place", "trips took place"),
    ]
    .into_iter()
    .flatten()
    .collect();
    said.extend(turned(program, since, today));
    said.extend(were(things.iter().filter(fresh).count(), "thing on your desk is new", "things on your desk are new"));
    if said.is_empty() {
        said.push("Nothing that the facts show.".to_owned());
    }
    said
}

/// Those of the past that did not take place; what was cancelled and soon replaced was moved.
fn missed(program: &ProgramFacts, past: &[&MeetingFacts]) -> usize {
    let of = |meeting: &MeetingFacts| {
        program.groups.iter().find(|group| group.meetings.iter().any(|one| one.id == meeting.id))
    };
    let moved = |meeting: &MeetingFacts| {
        let until = meeting.day + Duration::days(REPLACED_WITHIN_DAYS);
        of(meeting).is_some_and(|group| {
            group.meetings.iter().any(|other| {
                matches!(other.state, MeetingState::Held | MeetingState::Scheduled)
                    && other.day >= meeting.day
                    && other.day <= until
            })
        })
    };
    let is = |meeting: &MeetingFacts| match meeting.state {
        MeetingState::NotHeld => true,
        MeetingState::Cancelled => !moved(meeting),
        MeetingState::Held | MeetingState::Scheduled => false,
    };
    past.iter().filter(|meeting| is(meeting)).count()
}

/// Groups whose word is another one than a week ago.
fn turned(program: &ProgramFacts, since: Date, today: Date) -> Vec<String> {
    let word = |group: &GroupFacts| standing(group, program.rhythm_days, today);
    let before = |group: &GroupFacts| standing_then(group, program.rhythm_days, since);
    let named = |wanted: Standing| -> Vec<String> {
        let now = program.groups.iter().filter(|group| word(group) == wanted && before(group) != wanted);
        now.map(|group| group.name.clone()).collect()
    };
    let say = |names: Vec<String>, one: &str, many: &str| {
        if names.len() > NAMED {
            return were(names.len(), &format!("group {one}"), &format!("groups {many}"));
        }
        (!names.is_empty()).then(|| format!("{} {}.", words::list(&names), if names.len() == 1 { one } else { many }))
    };
    [
        say(named(Standing::Stalled), "has stalled", "have stalled"),
        say(named(Standing::GoingQuiet), "is going quiet", "are going quiet"),
        say(named(Standing::Steady), "meets steadily now", "meet steadily now"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn ahead(program: &ProgramFacts, today: Date) -> Vec<String> {
    let until = today + WEEK;
    let planned: Vec<&MeetingFacts> =
        meetings(program, today, until).into_iter().filter(|one| one.state == MeetingState::Scheduled).collect();
    let bare = planned.iter().filter(|meeting| meeting.agenda.is_empty()).count();
    let trips = program.groups.iter().flat_map(|group| &group.trips);
    let booked = trips.filter(|trip| trip.state.is_taken_or_booked() && trip.day >= today && trip.day < until).count();
    let mut said = Vec::new();
    match planned.len() {
        0 => said.push("No meeting is planned.".to_owned()),
        n => said.extend(were(n, "meeting is planned", "meetings are planned")),
    }
    said.extend(were(bare, "of them has no agenda yet", "of them have no agenda yet"));
    said.extend(were(booked, "trip is booked", "trips are booked"));
    if (today..until).contains(&program.ends_on) {
        said.push(format!("The program ends on {}.", words::long_day(program.ends_on)));
    }
    said
}

fn on_the_desk(things: &[Thing]) -> String {
    let Some(first) = things.first() else { return "Nothing needs you today.".to_owned() };
    let many = words::capital(&words::count(things.len(), "thing", "things"));
    // Whoever is named there is named for an approval; an email may be read by others.
    if first.warnings.iter().any(|warning| warning.person.is_some()) {
        return format!("{many} on your desk.");
    }
    format!("{many} on your desk. First: {}.", first.title)
}
