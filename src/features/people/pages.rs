//! What the pages about people need.
use super::{
    model::{approval_words, tally_words},
    queries::Listed,
    service::{OnePerson, People},
};
use crate::access::{InProgram, ParticipationState, ProgramState};
use crate::base::{local_time, words};
use crate::features::accounts;
use crate::features::approvals::{BuyIn, RequestState};
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use time::OffsetDateTime;
use uuid::Uuid;

/// A mark and its words.
pub(super) struct Mark {
    pub(super) kind: &'static str,
    pub(super) words: String,
}

/// One person in the list: a row, rendered by itself, so that the person can be shown the same.
#[derive(Template)]
#[template(path = "people/row.html")]
pub(crate) struct PersonRow {
    /// Of the program.
    path: String,
    can_add: bool,
    can_invite: bool,
    /// With the buttons of a coordinator.
    acts: bool,
    id: String,
    name: String,
    email: String,
    state: Mark,
    supervisor: String,
    approval: Mark,
    /// "Advocating"; empty as long as nothing is decided.
    buy_in: &'static str,
    /// Why the supervisor has no email yet; empty when that is not so.
    email_trouble: String,
    group: String,
    group_href: String,
    /// Invited, and has not joined.
    waits: bool,
    /// Has joined, so that it takes two to take them off.
    is_in: bool,
    /// The request to the supervisor can be sent again.
    can_ask: bool,
    /// Pressing the button twice sends one email.
    press: String,
}

#[derive(Template)]
#[template(path = "people/list.html")]
pub(super) struct ListPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) path: String,
    pub(super) program_name: String,
    pub(super) standfirst: String,
    pub(super) is_draft: bool,
    pub(super) can_add: bool,
    /// "Three people ask to join"; empty when nobody does.
    pub(super) asks: String,
    /// "One removal waits for a second person"; empty when there is none.
    pub(super) removals: String,
    pub(super) rows: Vec<PersonRow>,
    /// What was searched for.
    pub(super) find: String,
    pub(super) searchable: bool,
    /// Not the first page.
    pub(super) later: bool,
    /// Where the next page begins; empty on the last.
    pub(super) next: String,
}

impl ListPage {
    pub(super) fn new(
        shell: Shell,
        program: &InProgram,
        people: &People,
        (later, find): (bool, &str),
        now: OffsetDateTime,
    ) -> Self {
        let rows =
            people.listed.iter().map(|listed| PersonRow::of(program, listed, people.counts.approval_required, now));
        let last = people.listed.last().filter(|_| people.more);
        Self {
            shell,
            errors: Errors::default(),
            path: program.path(),
            program_name: program.name.clone(),
            standfirst: standfirst(program, people),
            is_draft: program.state == ProgramState::Draft,
            can_add: program.takes_lists(),
            asks: some(people.counts.asks, "person asks to join", "people ask to join"),
            removals: some(
                people.counts.removals,
                "removal waits for a second person",
                "removals wait for a second person",
            ),
            rows: rows.collect(),
            later,
            find: find.to_owned(),
            // A short list is read faster than searched.
            searchable: !find.is_empty() || later || people.more,
            next: last.map_or_else(String::new, |listed| listed.id.to_string()),
        }
    }
}

/// In a draft nobody is invited yet.
fn standfirst(program: &InProgram, people: &People) -> String {
    match tally_words(&people.counts.tallies) {
        None => "Nobody is here yet.".to_owned(),
        Some(words) if program.state == ProgramState::Draft => words.replace(" invited", " to be invited"),
        Some(words) => words,
    }
}

fn some(number: i64, one: &str, many: &str) -> String {
    match usize::try_from(number) {
        Ok(number) if number > 0 => words::capital(&words::count(number, one, many)),
        _ => String::new(),
    }
}

impl PersonRow {
    fn of(program: &InProgram, listed: &Listed, approval_required: bool, now: OffsetDateTime) -> Self {
        let approval = listed.approval();
        let (kind, words) = approval.map_or_else(
            || ("quiet", if approval_required { "Not asked yet" } else { "Not needed" }.to_owned()),
            |approval| approval_words(&approval, now, &program.time_zone),
        );
        let answer = approval.map(|approval| approval.standing(now));
        let open = listed.state.is_open() && program.takes_people();
        let group = listed.group_name.clone().unwrap_or_default();
        Self {
            path: program.path(),
            can_add: program.takes_lists(),
            can_invite: program.takes_people(),
            acts: true,
            id: listed.id.to_string(),
            name: listed.name.clone(),
            // Whoever was erased has no address.
            email: if accounts::is_former(&listed.email) { String::new() } else { listed.email.clone() },
            state: state_mark(program, listed),
            supervisor: listed.supervisor_name.clone(),
            approval: Mark { kind, words },
            buy_in: answer.and_then(|state| BuyIn::of(state, listed.pledges)).map_or("", BuyIn::words),
            email_trouble: if matches!(answer, Some(RequestState::Pending | RequestState::Expired)) {
                trouble(program, listed)
            } else {
                String::new()
            },
            group: if listed.placed || group.is_empty() { group } else { format!("{group}, planned") },
            group_href: listed
                .group_id
                .filter(|_| listed.placed)
                .map_or_else(String::new, |id| format!("{}/groups/{id}", program.path())),
            waits: listed.state == ParticipationState::Invited,
            is_in: open && listed.state != ParticipationState::Invited,
            can_ask: open && matches!(answer, Some(RequestState::Pending | RequestState::Expired)),
            press: Uuid::now_v7().to_string(),
        }
    }

    /// What coordinators see of somebody in the list, for that person to look at: without buttons,
    /// and without the group that is only planned for them.
    pub(crate) fn for_themself(program: &InProgram, one: &OnePerson, now: OffsetDateTime) -> Self {
        let row = Self::of(program, &one.listed, one.approval_required, now);
        let (group, group_href) = if one.listed.placed { (row.group, row.group_href) } else { Default::default() };
        Self { acts: false, group, group_href, ..row }
    }
}

fn trouble(program: &InProgram, listed: &Listed) -> String {
    match (listed.email_outcome.as_deref(), listed.email_due_at, &listed.email_error) {
        (Some("refused"), ..) => "Their address refused the email".to_owned(),
        (Some("given_up"), ..) => "The email could not be delivered".to_owned(),
        (None, Some(next), Some(_)) => {
            let local = local_time::to_local(&program.time_zone, next);
            format!("Email delayed, next try {}", words::day_and_time(local))
        }
        _ => String::new(),
    }
}

fn state_mark(program: &InProgram, listed: &Listed) -> Mark {
    let day = |at: OffsetDateTime| words::short_day(local_time::day_in(&program.time_zone, at));
    let (kind, words) = match listed.state {
        ParticipationState::Invited if program.state == ProgramState::Draft => {
            ("quiet", "Invited when you open".to_owned())
        }
        ParticipationState::Invited => ("quiet", format!("Invited {}", day(listed.invited_at))),
        ParticipationState::Joined => {
            ("ok", listed.joined_at.map_or_else(|| "Joined".to_owned(), |at| format!("Joined {}", day(at))))
        }
        ParticipationState::Completed => ("ok", "Completed".to_owned()),
        ParticipationState::OnHold => ("quiet", "On hold".to_owned()),
        ParticipationState::Withdrawn => ("stop", "Left".to_owned()),
        ParticipationState::Removed => ("stop", "Taken off".to_owned()),
    };
    Mark { kind, words }
}
