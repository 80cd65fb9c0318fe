//! Lines that a coordinator pastes, and how far each person is, in words.
use crate::access::ParticipationState;
use crate::base::{local_time, text, words};
use crate::features::approvals::{self, RequestState};
use crate::mail::Mailbox;
use std::collections::HashMap;
use time::{Date, OffsetDateTime};

/// More lines than this are pasted in two goes.
pub const MOST_LINES: usize = 500;
/// More mistakes than this are counted, not listed.
const MOST_LISTED: usize = 25;
const LONGEST_NAME: usize = 120;

/// One line, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    pub person: Mailbox,
    pub supervisor: Option<Mailbox>,
}

/// Reads `name, email, supervisor's name, supervisor's email` from each line: split by tabs,
/// semicolons or commas, cells in quotes as spreadsheets write them, a line of headings left out.
///
/// # Errors
/// What is wrong, with the number of its line, in words for the top of the form.
pub fn read_lines(pasted: &str) -> Result<Vec<NewPerson>, Vec<String>> {
    let lines: Vec<(usize, &str)> = pasted
        .lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line))
        .filter(|(_, line)| !line.trim().is_empty())
        .collect();
    if lines.len() > MOST_LINES + 1 {
        return Err(vec![format!("Paste at most {MOST_LINES} lines at a time; these are {}", lines.len())]);
    }
    let mut people = Vec::new();
    let mut problems = Vec::new();
    let mut first_seen: HashMap<String, usize> = HashMap::new();
    for (place, (number, line)) in lines.iter().enumerate() {
        let cells = cells(line);
        if place == 0 && is_heading(&cells) {
            continue;
        }
        match read_line(&cells) {
            Ok(new) => {
                let folded = text::fold_email(&new.person.email);
                if let Some(earlier) = first_seen.get(&folded) {
                    problems.push(format!("Line {number}: {} stands in line {earlier} already", new.person.email));
                } else {
                    first_seen.insert(folded, *number);
                    people.push(new);
                }
            }
            Err(wrong) => problems.push(format!("Line {number}: {wrong}")),
        }
    }
    if people.len() > MOST_LINES {
        problems.push(format!("Paste at most {MOST_LINES} lines at a time"));
    }
    if !problems.is_empty() {
        return Err(shortened(problems));
    }
    if people.is_empty() {
        Err(vec!["Paste at least one line with a name and an email".to_owned()])
    } else {
        Ok(people)
    }
}

fn shortened(mut problems: Vec<String>) -> Vec<String> {
    if problems.len() > MOST_LISTED {
        let more = problems.len() - MOST_LISTED;
        problems.truncate(MOST_LISTED);
        problems.push(format!("And {more} more {}", if more == 1 { "line" } else { "lines" }));
    }
    problems
}

/// The cells of a line, trimmed, without empty ones at its end.
fn cells(line: &str) -> Vec<String> {
    let delimiter = [b'\t', b';'].into_iter().find(|byte| line.as_bytes().contains(byte)).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(line.trim_start_matches('\u{feff}').as_bytes());
    let mut cells: Vec<String> = match reader.records().next() {
        Some(Ok(record)) => record.iter().map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells
}

fn is_heading(cells: &[String]) -> bool {
    const EMAIL: [&str; 5] = ["email", "e-mail", "mail", "email address", "e-mail address"];
    !cells.iter().any(|cell| cell.contains('@'))
        && cells.iter().any(|cell| EMAIL.contains(&cell.to_lowercase().as_str()))
}

fn read_line(cells: &[String]) -> Result<NewPerson, String> {
    let cell = |at: usize| cells.get(at).map_or("", String::as_str);
    if cells.len() > 4 {
        return Err("there are more than four cells; put a name with a comma in quotes".to_owned());
    }
    let person = Mailbox { name: name(cell(0), "the name")?, email: email(cell(1), "the email")? };
    if cell(2).is_empty() && cell(3).is_empty() {
        return Ok(NewPerson { person, supervisor: None });
    }
    let supervisor =
        Mailbox { name: name(cell(2), "the supervisor’s name")?, email: email(cell(3), "the supervisor’s email")? };
    if text::fold_email(&supervisor.email) == text::fold_email(&person.email) {
        return Err(format!("{} cannot be their own supervisor", person.name));
    }
    Ok(NewPerson { person, supervisor: Some(supervisor) })
}

fn name(raw: &str, what: &str) -> Result<String, String> {
    text::required_line(raw, LONGEST_NAME).map_err(|problem| match problem {
        text::TextProblem::Missing => format!("{what} is missing"),
        text::TextProblem::TooLong { max } => format!("{what} has more than {max} characters"),
        text::TextProblem::Unprintable => format!("{what} has characters that cannot be seen or printed"),
    })
}

fn email(raw: &str, what: &str) -> Result<String, String> {
    if raw.is_empty() {
        return Err(format!("{what} is missing"));
    }
    text::email(raw).ok_or_else(|| {
        let shown: String = raw.chars().filter(|c| !c.is_control()).take(60).collect();
        format!("“{shown}” is no email address")
    })
}

/// "12 people added, 1 was already here."
#[must_use]
pub fn added_words(added: usize, already: usize) -> String {
    let people = |n: usize| if n == 1 { "1 person".to_owned() } else { format!("{n} people") };
    match (added, already) {
        (added, 0) => format!("{} added.", people(added)),
        (0, 1) => "Nobody was added: this person was already here.".to_owned(),
        (0, already) => format!("Nobody was added: all {already} were already here."),
        (added, 1) => format!("{} added, 1 was already here.", people(added)),
        (added, already) => format!("{} added, {already} were already here.", people(added)),
    }
}

/// How many people are in each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    pub state: ParticipationState,
    pub people: usize,
}

/// "Twelve people: five invited, six joined, and one has left." Without people: nothing to say.
#[must_use]
pub fn tally_words(tallies: &[Tally]) -> Option<String> {
    let all: usize = tallies.iter().map(|tally| tally.people).sum();
    if all == 0 {
        return None;
    }
    let parts: Vec<String> = ParticipationState::ALL
        .iter()
        .filter_map(|state| tallies.iter().find(|tally| tally.state == *state && tally.people > 0))
        .map(|tally| format!("{} {}", words::number(tally.people), state_after_number(*tally)))
        .collect();
    Some(format!("{}: {}.", words::capital(&words::count(all, "person", "people")), words::list(&parts)))
}

const fn state_after_number(tally: Tally) -> &'static str {
    match (tally.state, tally.people) {
        (ParticipationState::Invited, _) => "invited",
        (ParticipationState::Joined, _) => "joined",
        (ParticipationState::Completed, _) => "completed",
        (ParticipationState::OnHold, _) => "on hold",
        (ParticipationState::Withdrawn, _) => "left",
        (ParticipationState::Removed, _) => "taken off",
    }
}

/// The latest request to a person's supervisor.
#[derive(Debug, Clone, Copy)]
pub struct Approval {
    pub state: RequestState,
    pub asked_at: OffsetDateTime,
    pub talk_first_at: Option<OffsetDateTime>,
    pub decided_at: Option<OffsetDateTime>,
    pub revoked_from: Option<Date>,
    pub expires_at: OffsetDateTime,
}

impl Approval {
    /// Nobody waits for an answer whose time has run out.
    #[must_use]
    pub fn standing(&self, now: OffsetDateTime) -> RequestState {
        approvals::standing(self.state, self.expires_at, now)
    }
}

/// Where the supervisor's yes stands: the kind of its mark ("ok", "quiet", "stop") and the words.
#[must_use]
pub fn approval_words(approval: &Approval, now: OffsetDateTime, time_zone: &str) -> (&'static str, String) {
    let day = |at: OffsetDateTime| words::short_day(local_time::day_in(time_zone, at));
    let asked = day(approval.asked_at);
    let decided = approval.decided_at.map_or_else(|| asked.clone(), day);
    match approval.standing(now) {
        RequestState::Pending => match approval.talk_first_at {
            Some(at) => ("quiet", format!("Wants to talk first, {}", day(at))),
            None => ("quiet", format!("Waiting since {asked}")),
        },
        RequestState::Approved => ("ok", format!("Yes, {decided}")),
        RequestState::Conditional => ("quiet", format!("Yes with a condition, {decided}")),
        RequestState::Declined => ("stop", format!("Not this term, {decided}")),
        RequestState::Expired => ("stop", format!("No answer, asked {asked}")),
        RequestState::Cancelled => ("stop", format!("Called off, asked {asked}")),
        RequestState::Revoked => match approval.revoked_from {
            Some(from) => ("stop", format!("Taken back from {}", words::short_day(from))),
            None => ("stop", "Taken back".to_owned()),
        },
        RequestState::Superseded => ("quiet", format!("Replaced, asked {asked}")),
    }
}
