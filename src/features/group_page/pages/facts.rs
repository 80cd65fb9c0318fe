//! The group's page for coordinators: when, how long, how many. No titles, places, goals or notes,
//! and no name beside who came.
use crate::access::{InGroup, InProgram};
use crate::base::{local_time::day_in, words};
use crate::features::field_trips::TripState;
use crate::features::group_page::service::OwnGroup;
use crate::features::group_page::{Minutes, time_spent::spent};
use crate::features::progress::{
    self, GroupFacts, MeetingFacts, MeetingState, Slip, Standing, TripFacts, Weeks, figures,
};
use crate::web::page::Shell;
use askama::Template;
use time::{Date, OffsetDateTime};

#[derive(Template)]
#[template(path = "group_page/facts.html")]
pub(in crate::features::group_page) struct FactsPage {
    shell: Shell,
    program_path: String,
    program_name: String,
    name: String,
    focus: String,
    standfirst: String,
    /// Addresses of all members, for one letter to them.
    write_to: String,
    launched: bool,
    sheet: FactsSheet,
}

/// The facts of a group: for coordinators, and by the same template for a member who looks at what
/// coordinators see.
#[derive(Template)]
#[template(path = "group_page/facts_sheet.html")]
pub(crate) struct FactsSheet {
    program_path: String,
    /// Where a coordinator decides about it; empty for a member.
    group_path: String,
    name: String,
    standing: Standing,
    slip: Slip,
    launched: bool,
    /// What is to be known of its size, where it is below the program's minimum.
    small: Option<String>,
    members: Vec<MemberLine>,
    parts: Vec<(bool, &'static str, String)>,
    meetings: Vec<MeetingLine>,
    figures: Vec<(&'static str, String, String)>,
    trips: Vec<TripLine>,
}

struct MemberLine {
    name: String,
    backed: bool,
    note: String,
}

struct MeetingLine {
    iso: String,
    day: String,
    state: &'static str,
    present: String,
    on_purpose: String,
    catching_up: String,
    rest: String,
}

struct TripLine {
    iso: String,
    day: String,
    kind: &'static str,
    state: &'static str,
    cost: String,
}

impl FactsPage {
    pub(in crate::features::group_page) fn of(
        shell: Shell,
        program: &InProgram,
        group: &InGroup,
        facts: &GroupFacts,
        now: OffsetDateTime,
    ) -> Self {
        let today = day_in(&program.time_zone, now);
        let emails: Vec<&str> = facts.members.iter().map(|member| member.email.as_str()).collect();
        Self {
            shell,
            program_path: program.path(),
            program_name: program.name.clone(),
            name: group.name.clone(),
            focus: group.focus.trim_end_matches('.').to_owned(),
            standfirst: standfirst(facts, today),
            write_to: emails.join(","),
            launched: facts.began_on.is_some(),
            sheet: FactsSheet { group_path: group.path(), ..FactsSheet::of(program, &group.name, facts, today) },
        }
    }
}

impl FactsSheet {
    fn of(program: &InProgram, name: &str, facts: &GroupFacts, today: Date) -> Self {
        Self {
            program_path: program.path(),
            group_path: String::new(),
            name: name.to_owned(),
            standing: progress::standing(facts, i64::from(program.rhythm_days), today),
            slip: progress::slip(facts, Weeks::between(program.starts_on, program.ends_on, today), today),
            launched: facts.began_on.is_some(),
            small: small(facts),
            members: facts
                .members
                .iter()
                .map(|member| MemberLine {
                    name: member.name.clone(),
                    backed: member.is_backed(today),
                    note: backing(member, today),
                })
                .collect(),
            parts: parts(facts, today),
            meetings: facts.meetings.iter().rev().map(|meeting| meeting_line(meeting, today)).collect(),
            figures: figures_of(program, facts, today),
            trips: facts.trips.iter().rev().map(|trip| trip_line(trip, &program.currency)).collect(),
        }
    }

    /// What coordinators see of a group, for one of its members: how far the others are backed is
    /// between them and the coordinators.
    pub(crate) fn for_member(program: &InProgram, own: &OwnGroup, now: OffsetDateTime) -> Self {
        let today = day_in(&program.time_zone, now);
        let sheet = Self::of(program, &own.name, &own.facts, today);
        let mine = own.facts.members.iter().map(|member| member.id == own.member);
        let members = sheet.members.into_iter().zip(mine).filter_map(|(line, mine)| mine.then_some(line)).collect();
        Self { members, ..sheet }
    }
}

/// "Met five times, last on 13 April. The next meeting is on 4 May."
fn standfirst(facts: &GroupFacts, today: Date) -> String {
    let met = facts.held(today).count();
    let been = facts.last_met(today).map_or_else(
        || "They have not met yet.".to_owned(),
        |last| format!("They have met {}, last on {}.", words::times(met), words::day(last)),
    );
    let ahead = facts.next_meeting(today).map_or_else(
        || "No next date stands.".to_owned(),
        |next| format!("The next meeting is on {}.", words::day(next.day)),
    );
    format!("{been} {ahead}")
}

/// "Groups here have at least two members."
fn small(facts: &GroupFacts) -> Option<String> {
    if facts.members.len() >= facts.least {
        return None;
    }
    let least = format!("Groups here have at least {} members.", words::number(facts.least));
    Some(match facts.kept_small.filter(|_| !facts.is_too_small()) {
        Some(kept) => format!("{least} This one goes on small, as decided on {}.", words::day(kept.on)),
        None => least,
    })
}

fn backing(member: &progress::MemberFacts, today: Date) -> String {
    match member.backed_until {
        _ if member.needs_none => "No supervisor is asked".to_owned(),
        Some(until) if until >= today => format!("Backed until {}", words::day(until)),
        Some(until) => format!("Backed until {}, not since", words::day(until)),
        None => "Not backed".to_owned(),
    }
}

/// The parts of a program that works, with what stands behind each.
fn parts(facts: &GroupFacts, today: Date) -> Vec<(bool, &'static str, String)> {
    let count = |n: usize, one: &str, many: &str| words::capital(&words::count(n, one, many));
    let backed = facts.members.iter().filter(|member| member.is_backed(today)).count();
    let items = usize::try_from(facts.feedback_items()).unwrap_or(0);
    let elements: i32 = facts.goals.iter().map(|goal| goal.elements).sum();
    let trips = facts.trips.iter().filter(|trip| trip.state.is_taken_or_booked()).count();
    let goals = format!(
        "{}, {}",
        count(facts.goals.len(), "agreed goal", "agreed goals"),
        words::count(usize::try_from(elements).unwrap_or(0), "element for feedback", "elements for feedback")
    );
    vec![
        (facts.all_backed(today), "Backed", format!("{} of {} members", backed, facts.members.len())),
        (facts.has_goal(), "Goal", goals),
        (facts.has_trip(), "Field trip", count(trips, "trip taken or booked", "trips taken or booked")),
        (
            facts.agreement_since.is_some(),
            "Agreement",
            facts.agreement_since.map_or_else(
                || "How they work together".to_owned(),
                |since| format!("In force since {}", words::day(since)),
            ),
        ),
        (items > 0, "Feedback", count(items, "item exchanged", "items exchanged")),
    ]
}

fn meeting_line(meeting: &MeetingFacts, today: Date) -> MeetingLine {
    let state = match meeting.state {
        MeetingState::Held => "Held",
        MeetingState::NotHeld => "Not held",
        MeetingState::Cancelled => "Cancelled",
        MeetingState::Scheduled if meeting.day < today => "No log yet",
        MeetingState::Scheduled => "Planned",
    };
    let held = meeting.state == MeetingState::Held;
    let minutes = spent(std::slice::from_ref(meeting)).map_or_else(Minutes::default, |spent| spent.actual);
    let shown = |n: i32| if held && !meeting.agenda.is_empty() { n.to_string() } else { "–".to_owned() };
    MeetingLine {
        iso: words::iso_day(meeting.day),
        day: words::day(meeting.day),
        state,
        present: if held { format!("{} of {}", meeting.present, meeting.members_then) } else { "–".to_owned() },
        on_purpose: shown(minutes.on_purpose),
        catching_up: shown(minutes.catching_up),
        rest: shown(minutes.rest),
    }
}

/// Figures of the group with the sentence that says what each is.
fn figures_of(program: &InProgram, facts: &GroupFacts, today: Date) -> Vec<(&'static str, String, String)> {
    let Some(began) = facts.began_on else { return Vec::new() };
    let held = || facts.held(today);
    let percent = |share: figures::Share| match share.value() {
        Some(_) => format!("{} %", share.percent()),
        None => "–".to_owned(),
    };
    // The figure never divides by less than one; until a rhythm has passed, none is due all the same.
    let days = (today - began).whole_days();
    let due = figures::cadence(held(), days, i64::from(program.rhythm_days)).den;
    let due = if days < i64::from(program.rhythm_days) { 0 } else { due };
    vec![
        ("Meetings held", figures::held(held()).to_string(), format!("{due} due by the rhythm")),
        ("Minutes together", figures::minutes(held()).to_string(), String::new()),
        ("Attendance", percent(figures::attendance(held())), "Over all held meetings".to_owned()),
        ("On a goal", percent(figures::on_goal(held())), "Of the minutes that were logged".to_owned()),
        (
            "Catching up",
            percent(figures::informal(held())),
            format!("{} were planned", percent(figures::informal_planned(held()))),
        ),
    ]
}

fn trip_line(trip: &TripFacts, currency: &str) -> TripLine {
    TripLine {
        iso: words::iso_day(trip.day),
        day: words::day(trip.day),
        kind: trip.kind.label(),
        state: match trip.state {
            TripState::Planned => "Not confirmed yet",
            TripState::Confirmed => "Confirmed",
            TripState::Completed => "Took place",
            TripState::Reported => "Written up",
            TripState::Postponed => "Postponed",
            TripState::Cancelled => "Cancelled",
        },
        cost: if trip.cost_cents == 0 { "None".to_owned() } else { words::money(trip.cost_cents, currency) },
    }
}
