//! What the page of a trip and one's own page about it show.
use super::{
    model::{Cover, TooMuchFor},
    service::Whole,
};
use crate::access::GroupMember;
use crate::base::{
    ids::{ApprovalRequestId, FieldTripId},
    local_time, text, words,
};
use crate::features::{
    answers::Fact,
    approvals::{Request, RequestState},
    programs::domain_words,
};
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;
use serde::Deserialize;
use time::OffsetDateTime;

/// Why a trip cannot be confirmed: to each reader only their own figures.
pub(crate) fn too_much(by: &GroupMember, people: &[TooMuchFor]) -> Vec<String> {
    let (mine, others): (Vec<_>, Vec<_>) =
        people.iter().partition(|person| person.participation_id == by.participation_id());
    let mut said: Vec<String> = mine.iter().map(|person| person.why.words(&by.program().currency)).collect();
    if !others.is_empty() {
        let names: Vec<String> = others.iter().map(|person| text::first_name(&person.name).to_owned()).collect();
        said.push(format!("It is not yet covered for {}", words::list(&names)));
    }
    said
}

/// What the page of a trip shows about who is covered, as far as it is the reader's to know.
#[derive(Debug, Default)]
pub(crate) struct CoverCard {
    /// Who goes, and "Covered" or "Not yet covered". Nothing to show where it is empty.
    pub(crate) lines: Vec<(String, &'static str)>,
    /// How it stands with the reader's own supervisor.
    pub(crate) mine: String,
    /// What the way to one's own page is called, where there is one.
    pub(crate) way: &'static str,
}

impl CoverCard {
    /// For a member, of a trip that is to come and takes a day or money of each who goes.
    pub(crate) fn of(by: &GroupMember, covers: &[Cover], is_shown: bool) -> Self {
        if !is_shown {
            return Self::default();
        }
        let me = by.participation_id();
        let line = |cover: &Cover| {
            let name = if cover.participation_id == me { "You" } else { text::first_name(&cover.name) };
            (name.to_owned(), if cover.is_covered() { "Covered" } else { "Not yet covered" })
        };
        let mut card = Self { lines: covers.iter().map(line).collect(), ..Self::default() };
        let Some(mine) = covers.iter().find(|cover| cover.participation_id == me) else { return card };
        (card.mine, card.way) = match mine.misfit {
            None => ("For you it fits into what your supervisor approved.".to_owned(), ""),
            Some(_) if mine.has_yes => {
                ("Your supervisor said yes to this trip.".to_owned(), "See what your supervisor said")
            }
            Some(_) if mine.waits => ("Your supervisor is asked about this trip.".to_owned(), "See where it stands"),
            Some(why) => (format!("{}.", why.words(&by.program().currency)), "Ask your supervisor"),
        };
        card
    }
}

/// Whom to ask, and with what words.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct AskForm {
    /// Of the request that sending this makes.
    pub(super) id: String,
    pub(super) supervisor_name: String,
    pub(super) supervisor_email: String,
    pub(super) words: String,
}

/// A condition, and what the page had seen when it showed it.
struct Condition {
    words: String,
    seen: String,
}

#[derive(Template)]
#[template(path = "trip_approvals/supervisor.html")]
pub(super) struct SupervisorPage {
    shell: Shell,
    errors: Errors,
    path: String,
    trip_path: String,
    group_name: String,
    group_path: String,
    headline: String,
    standfirst: String,
    facts: Vec<Fact>,
    condition: Option<Condition>,
    note: String,
    own_words: String,
    supervisor: String,
    may_ask: bool,
    /// Asking is the thing to do, so its form stands open.
    ask_first: bool,
    /// They were asked about this trip before.
    again: bool,
    form: AskForm,
    /// "At larkspur.example."; empty where any address will do.
    address_hint: String,
}

impl SupervisorPage {
    pub(super) fn of(
        app: &App,
        by: &GroupMember,
        id: FieldTripId,
        whole: &Whole,
        (typed, errors): (Option<AskForm>, Errors),
    ) -> Self {
        let now = app.clock.now();
        let group_path = by.group().path();
        let trip_path = format!("{group_path}/trips/{id}");
        let request = whole.request.as_ref();
        let state = request.map(|request| request.standing(now));
        let (headline, standfirst) = said(by, whole, now);
        let waits = matches!(state, Some(RequestState::Pending | RequestState::Conditional));
        let own_words = request.map_or("", |request| request.own_words.as_str());
        Self {
            shell: by.shell(app).with(&errors),
            path: format!("{trip_path}/supervisor"),
            trip_path,
            group_name: by.group().name.clone(),
            group_path,
            headline,
            standfirst,
            facts: facts(by, whole, state),
            condition: request
                .filter(|request| request.state == RequestState::Conditional)
                .map(|request| Condition { words: request.conditions.clone(), seen: request.seen() }),
            note: request.map_or_else(String::new, |request| request.note.clone()),
            own_words: own_words.to_owned(),
            supervisor: whole.supervisor.name.clone(),
            may_ask: whole.may_ask(),
            ask_first: !waits || whole.undelivered.is_some(),
            again: request.is_some(),
            form: typed.unwrap_or_else(|| AskForm {
                id: ApprovalRequestId::generate().to_string(),
                supervisor_name: whole.supervisor.name.clone(),
                supervisor_email: whole.supervisor.email.clone(),
                words: own_words.to_owned(),
            }),
            address_hint: if whole.domains.is_empty() {
                String::new()
            } else {
                format!("At {}.", domain_words(&whole.domains))
            },
            errors,
        }
    }
}

/// What the trip takes, and what was asked and answered.
fn facts(by: &GroupMember, whole: &Whole, state: Option<RequestState>) -> Vec<Fact> {
    let (trip, currency) = (&whole.trip, &by.program().currency);
    let day = |at: OffsetDateTime| words::long_day(local_time::day_in(&trip.time_zone, at));
    let days = if trip.days > 0 { "One day away" } else { "No day away" };
    let cost = match trip.cost_cents {
        0 => "without cost".to_owned(),
        cents => words::money(cents, currency),
    };
    let mut facts = vec![
        Fact::new("The trip", words::capital(&trip.kind), words::long_day(trip.on_date)),
        Fact::new("It takes of you", format!("{days}, {cost}"), ""),
    ];
    let Some(request) = &whole.request else { return facts };
    let about = request.about_trip().unwrap_or_default();
    facts.push(Fact::new(
        "Asked",
        format!("{}, {}", request.supervisor.name, request.supervisor.email),
        format!("On {}, about {about}: {}", day(request.asked_at), request.asked.trip_line(currency)),
    ));
    if let Some(at) = request.decided_at {
        facts.push(Fact::new("Answered", day(at), ""));
    }
    if let Some(reason) = request.reason {
        facts.push(Fact::new("Reason", reason.words(), ""));
    }
    if state != Some(RequestState::Conditional) && !request.conditions.is_empty() {
        let then = if request.accepted_at.is_some() { "You accepted it" } else { "Not accepted" };
        facts.push(Fact::new("Condition", request.conditions.clone(), then));
    }
    facts
}

/// How it stands, in a heading and a sentence.
fn said(by: &GroupMember, whole: &Whole, now: OffsetDateTime) -> (String, String) {
    let say = |headline: &str, standfirst: &str| (headline.to_owned(), standfirst.to_owned());
    let Some(cover) = &whole.cover else {
        return if whole.trip.needs_approval {
            say("You do not go on this trip", "Each who goes reads here how it stands with their own supervisor.")
        } else {
            say("Nobody has to be asked", "This program asks no supervisors.")
        };
    };
    let about_this =
        whole.request.as_ref().filter(|request| request.stands() || request.state == RequestState::Approved);
    match about_this {
        Some(request) if whole.trip.is_ahead => of_request(request, whole, cover, now),
        _ => match cover.misfit {
            None => say("This fits", "It fits into what your supervisor approved. Nobody has to be asked."),
            Some(_) if !whole.is_to_come => {
                say("There is nothing to ask any more", "The day is over, or the trip was called off.")
            }
            Some(why) => (
                "This needs a yes of your supervisor’s".to_owned(),
                format!(
                    "{}. Your supervisor can say yes to this one trip; it then uses nothing of what was approved before.",
                    why.words(&by.program().currency)
                ),
            ),
        },
    }
}

fn of_request(request: &Request, whole: &Whole, cover: &Cover, now: OffsetDateTime) -> (String, String) {
    let name = &request.supervisor.name;
    let day = |at: OffsetDateTime| words::long_day(local_time::day_in(&whole.trip.time_zone, at));
    let other_ways =
        "You can talk about it and ask again. The trip can also become cheaper, go by video, or go without you.";
    let state = request.standing(now);
    if let (RequestState::Pending, Some(why)) = (state, &whole.undelivered) {
        let standfirst = format!("The mail server says: {why}. Correct the address below, and ask again.");
        return (format!("The email to {name} did not arrive"), standfirst);
    }
    match state {
        RequestState::Pending => match request.talk_first_at {
            Some(at) => (
                format!("{name} wants to talk first"),
                format!("Said on {}. The answer comes by the same link, until {}.", day(at), day(request.expires_at)),
            ),
            None => (
                format!("{name} is asked"),
                format!("There is no answer yet. {name} has until {}.", day(request.expires_at)),
            ),
        },
        RequestState::Approved if cover.has_yes => (
            format!("{name} said yes to this trip"),
            "It uses nothing of what was approved before. You need nothing else.".to_owned(),
        ),
        RequestState::Approved => (
            format!("{name} said yes to the trip as it was"),
            "It has changed since. Ask again, with what it takes now.".to_owned(),
        ),
        RequestState::Conditional => {
            (format!("{name} says yes, on a condition"), "The yes counts once you accept it.".to_owned())
        }
        RequestState::Declined => (format!("{name} said no"), other_ways.to_owned()),
        RequestState::Revoked => (format!("{name} took back the yes"), other_ways.to_owned()),
        RequestState::Expired => (
            format!("{name} did not answer in time"),
            "An answer by the old link still counts until the day of the trip. You can also ask again.".to_owned(),
        ),
        RequestState::Cancelled | RequestState::Superseded => (
            "Your supervisor is still to be asked".to_owned(),
            "The last request ended without an answer that counts. Check the address, and ask again.".to_owned(),
        ),
    }
}
