//! What is entered about people, and how far each of them is, in words.
use crate::access::ParticipationState;
use crate::base::{local_time, words};
use crate::features::approvals::{self, RequestState};
use time::{Date, OffsetDateTime};

/// What coordinators enter about somebody's part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    pub title: String,
    pub department: String,
    pub site: String,
    pub supervisor_name: String,
    pub supervisor_email: String,
}

/// How many people are in each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    pub state: ParticipationState,
    pub people: usize,
}

impl Tally {
    /// Nobody counts further than this to draw a page: it would read every row of a large program.
    pub const MOST: usize = 1_000;
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
        .map(|tally| format!("{} {}", at_most(tally.people), state_after_number(*tally)))
        .collect();
    let uncounted = tallies.iter().any(|tally| tally.people > Tally::MOST);
    let all = if uncounted {
        "More than 1,000 people".to_owned()
    } else {
        words::capital(&words::count(all, "person", "people"))
    };
    Some(format!("{all}: {}.", words::list(&parts)))
}

fn at_most(people: usize) -> String {
    if people > Tally::MOST { "more than 1,000".to_owned() } else { words::number(people) }
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
    pub reconsider_from: Option<Date>,
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
        RequestState::Declined => match approval.reconsider_from {
            Some(from) => {
                ("stop", format!("Not this term, {decided}. Would look again from {}", words::short_day(from)))
            }
            None => ("stop", format!("Not this term, {decided}")),
        },
        RequestState::Expired => ("stop", format!("No answer, asked {asked}")),
        RequestState::Cancelled => ("stop", format!("Not asked any more, asked {asked}")),
        RequestState::Revoked => match approval.revoked_from {
            Some(from) => ("stop", format!("Taken back from {}", words::short_day(from))),
            None => ("stop", "Taken back".to_owned()),
        },
        RequestState::Superseded => ("quiet", format!("Replaced, asked {asked}")),
    }
}
