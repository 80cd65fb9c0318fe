//! The page on which a peer sees where their place stands, and what they can do about it.
use super::super::{queries::Place, service::Standing};
use super::{AskForm, address_hint};
use crate::access::{InProgram, Peer};
use crate::base::{local_time, words};
use crate::features::{
    answers::Fact,
    approvals::{self, Holding, Request, RequestFacts, RequestState},
};
use crate::mail::Mailbox;
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use time::{Date, Duration, OffsetDateTime};

#[derive(Template)]
#[template(path = "joining/place.html")]
pub(in super::super) struct PlacePage {
    shell: Shell,
    errors: Errors,
    path: String,
    program: String,
    coordinator: Option<Mailbox>,
    wants: String,
    offers: String,
    /// The program takes people now.
    is_open: bool,
    headline: String,
    standfirst: String,
    /// What was asked and answered.
    facts: Vec<Fact>,
    has_promises: bool,
    own_words: String,
    note: String,
    supervisor: String,
    condition: Option<Condition>,
    /// An earlier yes that still holds.
    holding: Option<String>,
    /// The newest request was answered with a yes.
    backed: bool,
    /// The yes ends soon or has ended, before the program does.
    goes_on: bool,
    may_ask: bool,
    /// The email to the supervisor did not arrive.
    undelivered: bool,
    /// Asking is the thing to do, so its form stands open.
    ask_first: bool,
    ask: AskForm,
    /// Asking the same supervisor with the same words, from the day on that they named with a no.
    once_more: Option<AskForm>,
    /// "At larkspur.example."; empty where any address will do.
    address_hint: String,
    earlier: Vec<Earlier>,
}

#[derive(Debug)]
struct Condition {
    words: String,
    seen: String,
}

#[derive(Debug)]
struct Earlier {
    iso: String,
    day: String,
    what: String,
}

/// What the page knows besides the database: the viewer's frame, the moment, and what was typed.
pub(in super::super) struct PlaceFrame {
    pub(in super::super) shell: Shell,
    pub(in super::super) now: OffsetDateTime,
    /// What was typed into the form that asks, when it is shown again.
    pub(in super::super) typed: Option<AskForm>,
    pub(in super::super) errors: Errors,
}

impl PlacePage {
    pub(in super::super) fn of(peer: &Peer, standing: Standing, frame: PlaceFrame) -> Self {
        let program = peer.program();
        let PlaceFrame { shell, now, typed, errors } = frame;
        let Standing { place, request, promises, earlier, holding, undelivered } = standing;
        let today = local_time::day_in(&program.time_zone, now);
        let goes_on = request.as_ref().is_some_and(|request| ends_early(request, program.ends_on, today));
        let state = request.as_ref().map(|request| request.standing(now));
        let said = match request.as_ref().zip(undelivered.as_deref()) {
            Some((request, why)) => Said::undelivered(request, why),
            None => Said::of(program, &place, request.as_ref(), state),
        };
        let is_in = !place.approval_required && request.is_none();
        let mut facts = Vec::new();
        if let (Some(request), Some(state)) = (&request, state) {
            let promised: Vec<String> = promises.iter().map(|promise| promise.line(request.first_name())).collect();
            facts = facts_of(request, state, &promised, undelivered.is_some());
        }
        let shown = request.as_ref();
        let once_more = shown.filter(|_| program.takes_people()).and_then(|request| once_more(request, today));
        let asks_other_words = typed.is_some();
        let ask = typed.unwrap_or_else(|| ask_form(&place, shown));
        Self {
            shell: shell.with(&errors),
            errors,
            path: program.path(),
            program: program.name.clone(),
            is_open: program.takes_people(),
            headline: said.headline,
            standfirst: said.standfirst,
            facts,
            has_promises: !promises.is_empty(),
            own_words: shown.map_or_else(String::new, |request| request.own_words.clone()),
            note: shown.map_or_else(String::new, |request| request.note.clone()),
            supervisor: shown.map_or_else(|| place.supervisor.name.clone(), |request| request.supervisor.name.clone()),
            condition: shown
                .filter(|request| request.state == RequestState::Conditional)
                .map(|request| Condition { words: request.conditions.clone(), seen: request.seen() }),
            holding: holding.and_then(|yes| holding_words(&yes, state)),
            backed: state == Some(RequestState::Approved),
            goes_on,
            may_ask: !is_in,
            undelivered: undelivered.is_some(),
            ask_first: goes_on
                || undelivered.is_some()
                || (once_more.is_none() || asks_other_words) && !waits_or_holds(state),
            once_more,
            address_hint: address_hint(&place.domains),
            ask,
            earlier: earlier.iter().map(|one| Earlier::of(one, program, now)).collect(),
            coordinator: place.coordinator,
            wants: place.wants,
            offers: place.offers,
        }
    }
}

/// Whether a yes ends within three weeks, or has ended, while the program goes on.
fn ends_early(request: &Request, ends_on: Date, today: Date) -> bool {
    let last = match (request.state, request.revoked_from) {
        (RequestState::Approved, _) => request.valid_until,
        (RequestState::Revoked, Some(from)) => from.saturating_sub(Duration::days(1)),
        _ => return false,
    };
    last < ends_on && last <= today.saturating_add(Duration::days(21))
}

/// An earlier yes, as long as the newest request is no yes itself.
fn holding_words(yes: &Holding, state: Option<RequestState>) -> Option<String> {
    let then = match state {
        Some(RequestState::Approved) => return None,
        Some(RequestState::Pending | RequestState::Conditional | RequestState::Expired) => {
            ", or until a new one takes its place"
        }
        _ => "",
    };
    Some(format!("The yes of {} holds until {}{then}.", yes.supervisor_name, words::day_and_year(yes.until)))
}

/// Nobody needs to be asked now.
const fn waits_or_holds(state: Option<RequestState>) -> bool {
    matches!(state, Some(RequestState::Pending | RequestState::Conditional | RequestState::Approved))
}

/// Asking the same supervisor once more with the same words, from the day on that they named with a no.
fn once_more(request: &Request, today: Date) -> Option<AskForm> {
    request.look_again().filter(|day| *day <= today)?;
    Some(AskForm::to_ask(&request.supervisor.name, &request.supervisor.email, &request.own_words))
}

/// What somebody can do after a no.
fn after_a_no(request: &Request) -> String {
    match request.look_again() {
        Some(day) => format!(
            "{} would look at it again from {} on. You can talk about it, and ask somebody else.",
            request.supervisor.name,
            words::day_and_year(day)
        ),
        None => "You can talk about it, and ask again, the same person or somebody else.".to_owned(),
    }
}

fn ask_form(place: &Place, request: Option<&Request>) -> AskForm {
    let words = request.map_or("", |request| request.own_words.as_str());
    AskForm::to_ask(&place.supervisor.name, &place.supervisor.email, words)
}

/// How it stands, in a heading and a sentence.
struct Said {
    headline: String,
    standfirst: String,
}

impl Said {
    fn undelivered(request: &Request, why: &str) -> Self {
        let name = &request.supervisor.name;
        Self {
            headline: format!("The email to {name} did not arrive"),
            standfirst: format!(
                "It went to {}, and the mail server says: {why}. Check the address with {name}, correct it below, and ask again.",
                request.supervisor.email
            ),
        }
    }

    fn of(program: &InProgram, place: &Place, request: Option<&Request>, state: Option<RequestState>) -> Self {
        let say = |headline: String, standfirst: String| Self { headline, standfirst };
        let (Some(request), Some(state)) = (request, state) else {
            return if place.approval_required {
                say("You are in, your supervisor is not asked yet".to_owned(), "Ask them below.".to_owned())
            } else if place.is_placed {
                say("You are in".to_owned(), "You have a place in a group.".to_owned())
            } else {
                say("You are in".to_owned(), "You will hear which group you are in.".to_owned())
            };
        };
        let name = &request.supervisor.name;
        let day = |at: OffsetDateTime| words::long_day(local_time::day_in(&program.time_zone, at));
        match state {
            RequestState::Pending => match request.talk_first_at {
                Some(at) => say(
                    format!("{name} wants to talk first"),
                    format!(
                        "Said on {}. Talk together: the answer comes by the same link, until {}.",
                        day(at),
                        day(request.expires_at)
                    ),
                ),
                None => say(
                    format!("{name} is asked"),
                    format!("There is no answer yet. {name} has until {}.", day(request.expires_at)),
                ),
            },
            RequestState::Approved => say(
                format!("{name} backs your place"),
                "Nothing more is needed from you. If you are in no group yet, you will hear which one.".to_owned(),
            ),
            RequestState::Conditional => {
                say(format!("{name} says yes, on a condition"), "Your place is backed once you accept it.".to_owned())
            }
            RequestState::Declined => say(format!("{name} says not this term"), after_a_no(request)),
            RequestState::Expired => say(
                format!("{name} did not answer in time"),
                "An answer by the old link still counts. You can also ask again.".to_owned(),
            ),
            RequestState::Cancelled if request.decided_at.is_some() => say(
                "The condition was not accepted".to_owned(),
                format!("What {name} asked for did not come about, and the request has ended. You can ask again."),
            ),
            RequestState::Cancelled | RequestState::Superseded => say(
                "Your supervisor is still to be asked".to_owned(),
                format!(
                    "The person at {} is not your supervisor. Correct the address and ask again.",
                    request.supervisor.email
                ),
            ),
            RequestState::Revoked => say(
                format!("{name} takes back the yes"),
                "Talk together first. Then ask again, the same person or somebody else.".to_owned(),
            ),
        }
    }
}

fn facts_of(request: &Request, state: RequestState, promised: &[String], undelivered: bool) -> Vec<Fact> {
    let program = &request.program;
    let day = |at: OffsetDateTime| words::day_and_year(local_time::day_in(&program.time_zone, at));
    let sent = match request.first_sent_at {
        _ if undelivered => format!("On {}. The email did not arrive", day(request.asked_at)),
        Some(_) => format!("On {}", day(request.asked_at)),
        None => "The email is on its way".to_owned(),
    };
    let mut facts =
        vec![Fact::new("Asked", format!("{}, {}", request.supervisor.name, request.supervisor.email), sent)];
    if let Some(at) = request.decided_at {
        let answer = match state {
            RequestState::Approved => "Yes",
            RequestState::Conditional => "Yes, on a condition",
            RequestState::Declined => "Not this term",
            RequestState::Revoked => "No longer",
            _ => "Answered",
        };
        facts.push(Fact::new("Answer", answer, format!("On {}", day(at))));
    }
    if let (RequestState::Revoked, Some(from)) = (state, request.revoked_from) {
        facts.push(Fact::new("Holds until", words::day_and_year(from.saturating_sub(time::Duration::days(1))), ""));
    }
    if let (RequestState::Declined, Some(reason)) = (state, request.reason) {
        facts.push(Fact::new("Reason", reason.words(), ""));
    }
    if let Some(day) = request.look_again() {
        facts.push(Fact::new("Would look again", format!("From {} on", words::day_and_year(day)), ""));
    }
    if state == RequestState::Approved {
        let terms = request.terms();
        facts.push(Fact::new("Time", terms.hours(), words::capital(terms.when())));
        facts.push(Fact::new("Away", terms.away(), words::capital(&terms.away_note(&program.currency))));
        if !request.conditions.is_empty() {
            facts.push(Fact::new("Condition", request.conditions.clone(), "You accepted it"));
        }
    }
    if matches!(state, RequestState::Approved | RequestState::Revoked) {
        for promise in promised {
            facts.push(Fact::new("Promised", promise.clone(), ""));
        }
    }
    facts
}

impl Earlier {
    fn of(one: &RequestFacts, program: &InProgram, now: OffsetDateTime) -> Self {
        let day = local_time::day_in(&program.time_zone, one.asked_at);
        let how = match approvals::standing(one.state, one.expires_at, now) {
            RequestState::Declined => "said not this term",
            RequestState::Revoked => "took back the yes",
            RequestState::Expired => "did not answer in time",
            RequestState::Approved | RequestState::Superseded => "said yes",
            _ => "was not to answer any more",
        };
        Self { iso: words::iso_day(day), day: words::short_day(day), what: format!("{} {how}", one.supervisor_name) }
    }
}
