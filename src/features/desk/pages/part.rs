//! The rows behind a count: which people, groups or meetings. Facts of groups, and of people only whether a supervisor
//! backs them.
use super::super::parts::{Counted, Part, split};
use crate::access::ParticipationState;
use crate::base::words;
use crate::features::approvals::RequestState;
use crate::features::progress::{GroupFacts, MeetingFacts, PersonFacts, ProgramFacts};
use crate::web::page::Shell;
use askama::Template;
use time::Date;

/// So many rows of each list are drawn at once.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "desk/part.html")]
pub(in crate::features::desk) struct PartPage {
    shell: Shell,
    path: String,
    /// The pages before and after; empty where there is none.
    before: String,
    after: String,
    program: String,
    title: &'static str,
    figure: String,
    note: &'static str,
    lists: [List; 2],
    others: Vec<(String, &'static str)>,
}

struct List {
    id: &'static str,
    title: &'static str,
    count: usize,
    rows: Vec<Row>,
    /// "51 to 100 of 120"; empty where all are there.
    which: String,
}

struct Row {
    title: String,
    href: String,
    note: String,
}

impl PartPage {
    pub(in crate::features::desk) fn of(
        shell: Shell,
        (part, page): (Part, usize),
        program: &ProgramFacts,
        today: Date,
    ) -> Self {
        let split = split(part, program, today);
        let last = split.missing.len().max(split.there.len()).div_ceil(SHOWN).max(1);
        let page = page.clamp(1, last);
        let from = (page - 1) * SHOWN;
        let listed = |id, title, counted: &[Counted<'_>]| {
            let rows: Vec<Row> =
                counted.iter().skip(from).take(SHOWN).map(|one| row(part, *one, program, today)).collect();
            let all = rows.len() == counted.len();
            let which = match rows.len() {
                _ if all => String::new(),
                0 => format!("All {} stand before", counted.len()),
                shown => format!("{} to {} of {}", from + 1, from + shown, counted.len()),
            };
            List { id, title, count: counted.len(), rows, which }
        };
        let (missing, there) = titles(part);
        let path = program.path();
        let other = |one: &Part| (format!("{path}/parts/{}", one.as_str()), one.label());
        let here = |page: usize| format!("{path}/parts/{}?page={page}", part.as_str());
        Self {
            before: if page > 1 { here(page - 1) } else { String::new() },
            after: if page < last { here(page + 1) } else { String::new() },
            program: program.name.clone(),
            title: part.label(),
            figure: split.share().words(),
            note: note(part),
            lists: [listed("h-missing", missing, &split.missing), listed("h-there", there, &split.there)],
            others: Part::ALL.iter().filter(|one| **one != part).map(other).collect(),
            shell,
            path,
        }
    }
}

const fn titles(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::Supervisors => ("Not yet", "With a supervisor’s yes"),
        Part::Goals => ("No goal agreed yet", "With an agreed goal"),
        Part::Agendas => ("Without an agenda", "With an agenda"),
        Part::Trips => ("Nothing booked yet", "Taken or booked"),
        Part::Feedback => ("None yet", "Exchanged"),
    }
}

const fn note(part: Part) -> &'static str {
    match part {
        Part::Supervisors => "Of everyone who has joined and is not on hold.",
        Part::Goals => "A goal of the group, or one of each member.",
        Part::Agendas => "Of all meetings that were held or are planned.",
        Part::Trips => "Visits and observations that took place, or for which a day is confirmed.",
        Part::Feedback => "How often, never what or between whom.",
    }
}

fn row(part: Part, one: Counted<'_>, program: &ProgramFacts, today: Date) -> Row {
    match one {
        Counted::Person(person) => Row {
            title: person.name.clone(),
            href: format!("{}/people/{}/approvals", program.path(), person.id),
            note: backing(person, today),
        },
        Counted::Meeting(group, meeting) => Row {
            title: format!("{}, {}", group.name, words::day(meeting.day)),
            href: group.path(),
            note: agenda(meeting, today),
        },
        Counted::Group(group) => Row {
            title: group.name.clone(),
            href: if program.state.was_launched() { group.path() } else { format!("{}/groups", program.path()) },
            note: of_group(part, group),
        },
    }
}

/// Where their question to a supervisor stands.
fn backing(person: &PersonFacts, today: Date) -> String {
    let asked = person.asked.as_ref();
    match (person.backed_until, asked.map(|asked| asked.state)) {
        (Some(until), _) if until >= today => format!("Backed until {}", words::day_and_year(until)),
        (_, Some(RequestState::Pending)) => {
            format!("Asked on {}, not answered", asked.map_or_else(String::new, |asked| words::day(asked.on)))
        }
        (_, Some(RequestState::Conditional)) => "A yes on a condition that is not accepted yet".to_owned(),
        (_, Some(RequestState::Declined)) => "The supervisor has said no".to_owned(),
        (_, Some(RequestState::Expired)) => "The question has expired".to_owned(),
        (Some(until), _) => format!("Was backed until {}", words::day_and_year(until)),
        (None, Some(_)) => "Not backed".to_owned(),
        (None, None) if person.state == ParticipationState::Joined => "Has not asked a supervisor yet".to_owned(),
        (None, None) => "Not asked".to_owned(),
    }
}

fn agenda(meeting: &MeetingFacts, today: Date) -> String {
    let planned: i32 = meeting.agenda.iter().map(|row| row.planned).sum();
    let when = if meeting.day < today { "" } else { "Still to come. " };
    if meeting.agenda.is_empty() { format!("{when}No agenda") } else { format!("{when}{planned} minutes planned") }
}

fn of_group(part: Part, group: &GroupFacts) -> String {
    match part {
        Part::Goals if group.has_goal() => {
            let first = group.goals.iter().map(|goal| goal.agreed_on).min();
            first.map_or_else(String::new, |first| format!("First agreed on {}", words::day(first)))
        }
        Part::Goals => match group.goals.len() {
            0 => "Nothing agreed".to_owned(),
            n => format!("{} so far", words::capital(&words::count(n, "member’s goal is agreed", "goals are agreed"))),
        },
        Part::Trips => {
            let booked = group.trips.iter().filter(|trip| trip.state.is_taken_or_booked());
            let all: Vec<String> =
                booked.map(|trip| format!("{} on {}", trip.kind.with_article(), words::day(trip.day))).collect();
            if all.is_empty() { "None".to_owned() } else { words::capital(&words::list(&all)) }
        }
        Part::Feedback => {
            let items = usize::try_from(group.feedback_items()).unwrap_or(0);
            if items == 0 { "None".to_owned() } else { words::capital(&words::times(items)) }
        }
        Part::Supervisors | Part::Agendas => String::new(),
    }
}
