//! The coordinator's page.
use super::super::{
    sentence::{Piece, sentence},
    service::Desk,
};
use crate::access::{InProgram, ProgramState};
use crate::base::{local_time::day_in, text::first_name, words};
use crate::features::desk::queries::Theme;
use crate::features::field_trips::TripState;
use crate::features::progress::{self, GroupFacts, MeetingState, ProgramFacts, Slip, Standing, Weeks, figures::Share};
use crate::features::warnings::{Thing, on_the_desk, things};
use crate::web::page::Shell;
use askama::Template;
use time::{Date, OffsetDateTime};

#[derive(Template)]
#[template(path = "desk/overview.html")]
pub(in crate::features::desk) struct DeskPage {
    shell: Shell,
    path: String,
    name: String,
    institution: String,
    lead: String,
    pieces: Vec<Piece>,
    takes_people: bool,
    group_count: usize,
    people_count: usize,
    things: Vec<Thing>,
    how_many: String,
    five: Vec<Bar>,
    is_draft: bool,
    launched: bool,
    groups: Vec<GroupRow>,
    frame: Slip,
    coming: Vec<Coming>,
}

/// One of the five parts.
struct Bar {
    href: String,
    label: &'static str,
    figure: String,
    percent: i32,
    low: bool,
}

struct GroupRow {
    href: String,
    name: String,
    names: String,
    slip: Slip,
    backed: bool,
    goal: bool,
    trip: bool,
    feedback: bool,
    /// "supervisors, goal"; empty when there is none.
    in_place: String,
    not_yet: String,
    standing: Standing,
}

struct Coming {
    iso: String,
    day: String,
    weekday: &'static str,
    title: String,
    note: String,
}

impl DeskPage {
    pub(in crate::features::desk) fn of(shell: Shell, program: &InProgram, desk: &Desk, now: OffsetDateTime) -> Self {
        let facts = &desk.facts;
        let today = day_in(&facts.time_zone, now);
        let said = sentence(facts, today);
        let (shown, more) = on_the_desk(things(facts, today));
        let weeks = Weeks::of(facts, today);
        Self {
            shell,
            path: facts.path(),
            name: facts.name.clone(),
            institution: program.institution.clone(),
            lead: said.lead,
            pieces: said.pieces,
            takes_people: facts.state.takes_people(),
            group_count: facts.groups.len(),
            people_count: facts.people.iter().filter(|person| person.state.is_open()).count(),
            how_many: how_many(shown.len(), more),
            things: shown,
            five: five(facts, today),
            is_draft: facts.state == ProgramState::Draft,
            launched: facts.state.was_launched(),
            groups: rows(facts, weeks, today),
            frame: progress::frame(weeks, today),
            coming: coming(facts, &desk.themes, today),
        }
    }
}

fn how_many(shown: usize, more: usize) -> String {
    match (shown, more) {
        (0, _) => String::new(),
        (n, 0) => words::capital(&words::count(n, "thing", "things")),
        (n, more) => format!("The {} most urgent of {}", words::number(n), words::number(n + more)),
    }
}

/// What makes such a program work, as counts; each opens its rows.
fn five(facts: &ProgramFacts, today: Date) -> Vec<Bar> {
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    let of_groups = |has: &dyn Fn(&GroupFacts) -> bool| Share {
        num: count(facts.groups.iter().filter(|group| has(group)).count()),
        den: count(facts.groups.len()),
    };
    let meetings = || {
        let all = facts.groups.iter().flat_map(|group| &group.meetings);
        all.filter(|meeting| matches!(meeting.state, MeetingState::Scheduled | MeetingState::Held))
    };
    let agendas = Share {
        num: count(meetings().filter(|meeting| !meeting.agenda.is_empty()).count()),
        den: count(meetings().count()),
    };
    let backed = Share {
        num: count(facts.joined().filter(|person| person.is_backed(today)).count()),
        den: if facts.approval_required { count(facts.joined().count()) } else { 0 },
    };
    let groups = if facts.groups.is_empty() { format!("{}/groups", facts.path()) } else { "#groups".to_owned() };
    let supervisors = if facts.approval_required { "Supervisors have said yes" } else { "Supervisors are not asked" };
    let half_over = today >= facts.middle();
    [
        (format!("{}/people", facts.path()), supervisors, backed),
        (groups.clone(), "Groups with an agreed goal", of_groups(&GroupFacts::has_goal)),
        (groups.clone(), "Meetings with an agenda", agendas),
        (groups.clone(), "Field trips taken or booked", of_groups(&GroupFacts::has_trip)),
        (groups, "Feedback exchanged", of_groups(&|group| group.feedback_items() > 0)),
    ]
    .into_iter()
    .map(|(href, label, share)| Bar {
        href,
        label,
        figure: share.words(),
        percent: share.percent(),
        low: half_over && share.den > 0 && share.percent() < 34,
    })
    .collect()
}

/// Most in need first.
fn rows(facts: &ProgramFacts, weeks: Weeks, today: Date) -> Vec<GroupRow> {
    let mut rows: Vec<GroupRow> = facts.groups.iter().map(|group| row(facts, group, weeks, today)).collect();
    // Stable: the groups come by name.
    rows.sort_by_key(|row| row.standing);
    rows
}

fn row(facts: &ProgramFacts, group: &GroupFacts, weeks: Weeks, today: Date) -> GroupRow {
    let names: Vec<String> = group.members.iter().map(|member| first_name(&member.name).to_owned()).collect();
    let (backed, goal) = (group.all_backed(today), group.has_goal());
    let (trip, feedback) = (group.has_trip(), group.feedback_items() > 0);
    let parts = [(backed, "supervisors"), (goal, "goal"), (trip, "field trip"), (feedback, "feedback")];
    let those =
        |there: bool| parts.iter().filter(|part| part.0 == there).map(|part| part.1).collect::<Vec<_>>().join(", ");
    GroupRow {
        href: group.path(),
        name: group.name.clone(),
        names: if names.is_empty() { "Nobody".to_owned() } else { names.join(", ") },
        slip: progress::slip(group, weeks, today),
        backed,
        goal,
        trip,
        feedback,
        in_place: those(true),
        not_yet: those(false),
        standing: progress::standing(group, facts.rhythm_days, today),
    }
}

/// The next dates of the program and its groups, by when and what kind.
fn coming(facts: &ProgramFacts, themes: &[Theme], today: Date) -> Vec<Coming> {
    const SHOWN: usize = 5;
    let mut dates: Vec<(Date, String, String)> = Vec::new();
    for group in &facts.groups {
        let booked = |state| matches!(state, TripState::Planned | TripState::Confirmed);
        for trip in group.trips.iter().filter(|trip| booked(trip.state)) {
            let state = if trip.state == TripState::Confirmed { "Confirmed" } else { "Not confirmed yet" };
            dates.push((trip.day, format!("{}, {}", trip.kind.label(), group.name), state.to_owned()));
        }
        if let Some(meeting) = group.next_meeting(today) {
            let agenda = if meeting.agenda.is_empty() { "No agenda yet" } else { "With an agenda" };
            dates.push((meeting.day, format!("{} meets", group.name), agenda.to_owned()));
        }
    }
    dates.extend(
        themes
            .iter()
            .map(|theme| (theme.starts_on, theme.title.clone(), format!("Theme until {}", words::day(theme.ends_on)))),
    );
    dates.push((facts.starts_on, "The program starts".to_owned(), String::new()));
    dates.push((facts.ends_on, "The program ends".to_owned(), String::new()));
    dates.retain(|(day, ..)| *day >= today);
    dates.sort();
    dates
        .into_iter()
        .take(SHOWN)
        .map(|(day, title, note)| Coming {
            iso: words::iso_day(day),
            day: words::short_day(day),
            weekday: words::short_weekday(day),
            title,
            note,
        })
        .collect()
}
