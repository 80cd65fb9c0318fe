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
    first_name: String,
    /// "Will you back Hana’s place in …?"
    question: String,
    /// Why they are asked.
    opening: String,
    /// "Hana’s place in …".
    about: String,
    /// About one trip, which takes what it takes.
    is_trip: bool,
    /// What a no is called.
    no_words: &'static str,
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
        Self { shell, title: sheet.question.clone(), sheet }
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
        let asked = Asked::of(&request);
        Self {
            nothing: closed.is_some() && decision.is_none(),
            action: link::path(request.id),
            facts: asked_facts(&request),
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
            first_name,
            question: asked.question,
            opening: asked.opening,
            about: asked.about,
            is_trip: request.trip.is_some(),
            no_words: if request.trip.is_some() { "No" } else { "Not this term" },
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
        let asked = Asked::about_a_place(peer.viewer().name(), &program.name, false);
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
            question: asked.question,
            opening: asked.opening,
            about: asked.about,
            is_trip: false,
            no_words: "Not this term",
            first_name,
            program: program.name.clone(),
            currency: program.currency.clone(),
            own_words: sample.own_words,
            coordinator: sample.coordinator,
        }
    }
}

/// What is asked, in a question, with why, and about what.
struct Asked {
    question: String,
    opening: String,
    about: String,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let (peer, first_name, program) = (&request.peer.name, request.first_name(), &request.program.name);
        match request.about_trip() {
            Some(trip) => Self {
                question: format!("May {first_name} go on {trip}?"),
                opening: format!(
                    "{peer} takes part in {program}. This one trip goes beyond the days away or the budget approved for \
                     {first_name}, so it needs a yes of its own. It uses nothing of what was approved before."
                ),
                about: format!("{trip}, for {peer}"),
            },
            None => Self::about_a_place(peer, program, request.purpose == Purpose::Reconfirm),
        }
    }

    /// `goes_on`: they backed it before, and are asked to go on.
    fn about_a_place(peer: &str, program: &str, goes_on: bool) -> Self {
        let first_name = text::first_name(peer);
        let (verb, opening) = if goes_on {
            let opening = format!(
                "You have backed {peer}’s place before, and that yes ends. {first_name} asks you to go on, for the dates below."
            );
            ("go on backing", opening)
        } else {
            let opening = format!(
                "{peer} would like to join a small group of peers who learn from each other’s work. You are asked \
                 because you plan {first_name}’s working time."
            );
            ("back", opening)
        };
        Self {
            question: format!("Will you {verb} {first_name}’s place in {program}?"),
            opening,
            about: format!("{peer}’s place in {program}"),
        }
    }
}

/// What is asked for.
fn asked_facts(request: &Request) -> Vec<Fact> {
    let (asked, currency) = (&request.asked, &request.program.currency);
    match &request.trip {
        Some(trip) => vec![
            Fact::new("What", words::capital(&trip.with_article()), ""),
            Fact::new("When", words::long_day(request.valid_from), ""),
            Fact::new("Where", trip.where_to(), ""),
            Fact::new("Takes", asked.trip_line(currency), ""),
        ],
        None => what_it_takes(asked, request.valid_from, request.valid_until, currency),
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
            RequestState::Approved if request.trip.is_some() => "You said yes to this trip".to_owned(),
            RequestState::Declined if request.trip.is_some() => "You said no to this trip".to_owned(),
            RequestState::Approved => format!("You back {first_name}’s place"),
            RequestState::Conditional | RequestState::Cancelled => "You said yes, on a condition".to_owned(),
            RequestState::Declined => "You said not this term".to_owned(),
            RequestState::Revoked => "You took back your yes".to_owned(),
            _ => return None,
        };
        let mut facts = vec![Fact::new("Answered", when(program, request.decided_at?), "")];
        if state == RequestState::Approved {
            facts.push(Fact::new("Agreed", request.line(), ""));
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
        if let Some(from) = request.revoked_from.filter(|_| request.trip.is_none()) {
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
