//! The supervisor's page: the question, what it takes, and the answer.
use super::super::{
    link,
    model::{AnswerWord, may_answer},
    service::{Letter, is_open},
};
use super::{AnswerForm, Fact, ended::closed, what_it_takes};
use crate::access::Peer;
use crate::base::{local_time, text, words};
use crate::features::approvals::{
    AskingProgram, PledgeKind, Promise, Purpose, ReasonCode, Request, RequestState, Terms,
};
use crate::mail::Mailbox;
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use time::OffsetDateTime;

#[derive(Debug)]
struct Choice {
    value: &'static str,
    label: String,
    chosen: bool,
}

/// Which answers can be given now.
#[derive(Debug, Clone, Copy)]
struct May {
    yes: bool,
    condition: bool,
    talk: bool,
    no: bool,
    withdraw: bool,
}

/// What was answered.
#[derive(Debug)]
struct Decision {
    headline: String,
    facts: Vec<Fact>,
}

#[derive(Template)]
#[template(path = "answers/answer.html")]
pub(in super::super) struct AnswerPage {
    shell: Shell,
    title: String,
    sheet: AnswerSheet,
}

/// All that a supervisor reads: on their own page, and by the same template on the peer's page that
/// says what a supervisor sees.
#[derive(Template)]
#[template(path = "answers/sheet.html")]
pub(crate) struct AnswerSheet {
    errors: Errors,
    action: String,
    peer: String,
    first_name: String,
    /// They backed it before, and are asked to go on.
    goes_on: bool,
    program: String,
    currency: String,
    facts: Vec<Fact>,
    own_words: String,
    coordinator: Option<Mailbox>,
    decision: Option<Decision>,
    talked: Option<String>,
    /// Something was sent from a page that had not shown how it stands.
    overtaken: bool,
    /// Why there is no form, when there is none.
    closed: Option<String>,
    /// There is nothing to answer, and no answer to read.
    nothing: bool,
    /// For the peer to look at: nothing can be sent.
    preview: bool,
    may: May,
    not_mine: bool,
    promises: Vec<Choice>,
    reasons: Vec<Choice>,
    /// Other terms than the asked were typed or agreed.
    own_terms: bool,
    form: AnswerForm,
}

/// What the page knows besides the database.
pub(in super::super) struct AnswerFrame {
    pub(in super::super) shell: Shell,
    pub(in super::super) now: OffsetDateTime,
    /// What was typed, when the page is shown again.
    pub(in super::super) typed: Option<AnswerForm>,
    pub(in super::super) errors: Errors,
    pub(in super::super) overtaken: bool,
}

/// What a peer may see of the page before the supervisor does.
#[derive(Debug)]
pub(crate) struct Sample {
    pub(crate) asked: Terms,
    pub(crate) own_words: String,
    pub(crate) coordinator: Option<Mailbox>,
}

impl AnswerPage {
    pub(in super::super) fn of(letter: Letter, frame: AnswerFrame) -> Self {
        let AnswerFrame { shell, now, typed, errors, overtaken } = frame;
        let mut shell = shell.with(&errors);
        shell.institution = Some(letter.request.program.institution.clone());
        let sheet = AnswerSheet { overtaken, ..AnswerSheet::of(letter, now, (typed, errors)) };
        let verb = if sheet.goes_on { "go on backing" } else { "back" };
        Self { shell, title: format!("Will you {verb} {}’s place?", sheet.first_name), sheet }
    }
}

impl AnswerSheet {
    fn of(letter: Letter, now: OffsetDateTime, (typed, errors): (Option<AnswerForm>, Errors)) -> Self {
        let closed = closed(&letter);
        let Letter { request, promises, is_open, .. } = letter;
        let program = &request.program;
        let today = local_time::day_in(&program.time_zone, now);
        let state = request.standing(now);
        let can = |word| is_open && may_answer(state, word);
        let fresh = AnswerForm {
            pledges: words_of(&promises),
            own_pledge: own_of(&promises),
            ..AnswerForm::of(&request, today)
        };
        // What is sent next has seen what this page shows.
        let form = typed.map_or_else(|| fresh.clone(), |typed| AnswerForm { seen: fresh.seen.clone(), ..typed });
        let first_name = request.first_name().to_owned();
        let decision = Decision::of(&request, state, &promises);
        Self {
            nothing: closed.is_some() && decision.is_none(),
            action: link::path(request.id),
            facts: what_it_takes(&request.asked, request.valid_from, request.valid_until, &program.currency),
            decision,
            talked: request.talk_first_at.filter(|_| state == RequestState::Pending).map(|at| when(program, at)),
            overtaken: false,
            closed,
            preview: false,
            may: May {
                yes: can(AnswerWord::Yes),
                condition: can(AnswerWord::Condition),
                talk: can(AnswerWord::Talk),
                no: can(AnswerWord::No),
                withdraw: can(AnswerWord::Withdraw),
            },
            not_mine: is_open && request.state == RequestState::Pending,
            promises: promise_choices(&first_name, &form),
            reasons: reason_choices(&form),
            own_terms: differs(&form, &AnswerForm::of(&Request { agreed: None, ..request.clone() }, today)),
            form,
            errors,
            peer: request.peer.name.clone(),
            first_name,
            goes_on: request.purpose == Purpose::Reconfirm,
            program: program.name.clone(),
            currency: program.currency.clone(),
            own_words: request.own_words.clone(),
            coordinator: program.coordinator.clone(),
        }
    }

    /// What the supervisor of a request reads now, for its peer to look at.
    pub(crate) fn for_peer(request: Request, promises: Vec<Promise>, now: OffsetDateTime) -> Self {
        let is_open = is_open(&request, now);
        let letter = Letter { request, promises, is_open, happened: None, newer: None };
        Self { preview: true, ..Self::of(letter, now, (None, Errors::default())) }
    }

    /// What a supervisor will read, before one is asked.
    pub(crate) fn sample(peer: &Peer, sample: Sample) -> Self {
        let program = peer.program();
        let first_name = text::first_name(peer.viewer().name()).to_owned();
        let form = AnswerForm::default();
        Self {
            errors: Errors::default(),
            action: String::new(),
            facts: what_it_takes(&sample.asked, program.starts_on, program.ends_on, &program.currency),
            decision: None,
            talked: None,
            overtaken: false,
            closed: None,
            nothing: false,
            preview: true,
            may: May { yes: true, condition: true, talk: true, no: true, withdraw: false },
            not_mine: true,
            promises: promise_choices(&first_name, &form),
            reasons: reason_choices(&form),
            own_terms: false,
            form,
            goes_on: false,
            peer: peer.viewer().name().to_owned(),
            first_name,
            program: program.name.clone(),
            currency: program.currency.clone(),
            own_words: sample.own_words,
            coordinator: sample.coordinator,
        }
    }
}

fn words_of(promises: &[Promise]) -> Vec<String> {
    promises.iter().map(|promise| promise.kind.as_str().to_owned()).collect()
}

fn own_of(promises: &[Promise]) -> String {
    promises.iter().map(|promise| promise.words.as_str()).collect()
}

fn promise_choices(first_name: &str, form: &AnswerForm) -> Vec<Choice> {
    PledgeKind::ALL
        .iter()
        .filter(|kind| **kind != PledgeKind::OwnWords)
        .map(|kind| Choice {
            value: kind.as_str(),
            label: kind.words(first_name),
            chosen: form.pledges.iter().any(|word| word == kind.as_str()),
        })
        .collect()
}

fn reason_choices(form: &AnswerForm) -> Vec<Choice> {
    ReasonCode::ALL
        .iter()
        .map(|reason| Choice {
            value: reason.as_str(),
            label: reason.words().to_owned(),
            chosen: form.reason == reason.as_str(),
        })
        .collect()
}

fn differs(form: &AnswerForm, asked: &AnswerForm) -> bool {
    let terms =
        |form: &AnswerForm| (form.hours_month.clone(), form.time.clone(), form.trip_days.clone(), form.budget.clone());
    terms(form) != terms(asked)
}

fn when(program: &AskingProgram, at: OffsetDateTime) -> String {
    let local = local_time::to_local(&program.time_zone, at);
    format!("{} at {}", words::long_day(local.date()), words::clock_time(local.time()))
}

impl Decision {
    fn of(request: &Request, state: RequestState, promises: &[Promise]) -> Option<Self> {
        let (program, first_name) = (&request.program, request.first_name());
        let headline = match state {
            RequestState::Approved => format!("You back {first_name}’s place"),
            RequestState::Conditional | RequestState::Cancelled => "You said yes, on a condition".to_owned(),
            RequestState::Declined => "You said not this term".to_owned(),
            RequestState::Revoked => "You took back your yes".to_owned(),
            _ => return None,
        };
        let mut facts = vec![Fact::new("Answered", when(program, request.decided_at?), "")];
        if state == RequestState::Approved {
            let terms = request.terms();
            facts.push(Fact::new("Agreed", terms.line(&program.currency), ""));
        }
        if !request.conditions.is_empty() {
            let then = if request.accepted_at.is_some() {
                format!("{first_name} accepted it")
            } else if state == RequestState::Cancelled {
                format!("{first_name} did not accept it")
            } else {
                format!("{first_name} has not accepted it yet")
            };
            facts.push(Fact::new("Condition", request.conditions.clone(), then));
        }
        for promise in promises {
            facts.push(Fact::new("Promised", promise.line(first_name), ""));
        }
        if let Some(reason) = request.reason {
            facts.push(Fact::new("Reason", reason.words(), ""));
        }
        if let Some(day) = request.look_again() {
            facts.push(Fact::new("You would look again", format!("From {} on", words::day_and_year(day)), ""));
        }
        if let Some(from) = request.revoked_from {
            facts.push(Fact::new("Ends", format!("From {} on", words::day_and_year(from)), ""));
        }
        if !request.note.is_empty() {
            facts.push(Fact::new("Your note", request.note.clone(), format!("Only {first_name} can read it")));
        }
        Some(Self { headline, facts })
    }
}

/// For a link that leads nowhere any more.
#[derive(Template)]
#[template(path = "answers/dead_link.html")]
pub(in super::super) struct DeadLinkPage {
    pub(in super::super) shell: Shell,
}

/// After "this is not my report".
#[derive(Template)]
#[template(path = "answers/not_mine.html")]
pub(in super::super) struct NotMinePage {
    pub(in super::super) shell: Shell,
}
