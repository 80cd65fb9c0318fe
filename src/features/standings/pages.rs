//! What the pages about standings need, in words.
use super::{
    model::{After, Delivery, Section, Wish, section_of},
    queries::{Pledged, Stand, Told},
    service::{History, Standings},
};
use crate::access::InProgram;
use crate::base::{ids::ParticipationId, local_time, text, words};
use crate::features::{
    approvals::{BuyIn, Promise, Purpose, RequestState, standing},
    people::{Approval, approval_words},
    pledges::PledgeAnswer,
};
use crate::web::page::Shell;
use askama::Template;
use time::OffsetDateTime;
use uuid::Uuid;

/// A mark and its words; no words where there is nothing to say.
struct Mark {
    kind: &'static str,
    words: String,
}

/// What became of an email, with the server's words where it did not arrive.
fn delivery_mark(delivery: &Delivery, zone: &str) -> Mark {
    let at = |at: OffsetDateTime| words::day_and_time(local_time::to_local(zone, at));
    let (kind, words) = match delivery {
        Delivery::Unknown => ("quiet", String::new()),
        Delivery::OnItsWay => ("quiet", "Email on its way".to_owned()),
        Delivery::Sent(when) => ("ok", format!("Email sent {}", at(*when))),
        Delivery::Delayed(next, said) => {
            ("stop", format!("Email delayed, next try {}. The server says: {said}", at(*next)))
        }
        Delivery::Refused(said) => ("stop", format!("Their address refused the email. The server says: {said}")),
        Delivery::GivenUp(last, said) => (
            "stop",
            format!("The email could not be delivered. The last try was on {}. The server said: {said}", at(*last)),
        ),
        Delivery::NotNeeded => ("quiet", "No email was needed".to_owned()),
    };
    Mark { kind, words }
}

struct Row {
    person: String,
    peer: String,
    supervisor: String,
    address: String,
    state: Mark,
    /// "Three weeks": how long it has been so.
    since: String,
    delivery: Mark,
    /// "Advocating, three pledges"; empty as long as nothing is decided.
    buy_in: String,
    can_send: bool,
    can_correct: bool,
    /// The peer can be reminded to ask again.
    can_remind: bool,
    press: String,
}

struct Group {
    word: &'static str,
    title: &'static str,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "standings/list.html")]
pub(super) struct ListPage {
    shell: Shell,
    path: String,
    program_name: String,
    groups: Vec<Group>,
    /// Word, words, chosen.
    filters: Vec<(&'static str, &'static str, bool)>,
    filtered: bool,
    /// Not the first page.
    later: bool,
    /// What is chosen, as the address has it.
    show: &'static str,
    next: String,
}

impl ListPage {
    pub(super) fn of(
        shell: Shell,
        program: &InProgram,
        standings: &Standings,
        (section, later): (Option<Section>, bool),
        now: OffsetDateTime,
    ) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        for stand in &standings.stands {
            let Some(at) = usize::try_from(stand.section).ok().and_then(|at| Section::ALL.get(at)) else { continue };
            let row = row(program, stand, now);
            match groups.last_mut().filter(|group| group.word == at.as_str()) {
                Some(group) => group.rows.push(row),
                None => groups.push(Group { word: at.as_str(), title: at.words(), rows: vec![row] }),
            }
        }
        Self {
            shell,
            path: program.path(),
            program_name: program.name.clone(),
            groups,
            filters: Section::ALL.iter().map(|one| (one.as_str(), one.words(), section == Some(*one))).collect(),
            filtered: section.is_some(),
            later,
            show: section.map_or("", Section::as_str),
            next: standings.next.as_ref().map_or_else(String::new, After::word),
        }
    }
}

/// What a file says of a request: peer, supervisor, their address, how it stands, since when, the email, the backing.
pub(super) fn cells(program: &InProgram, stand: &Stand, now: OffsetDateTime) -> [String; 7] {
    let row = row(program, stand, now);
    [row.peer, row.supervisor, row.address, row.state.words, row.since, row.delivery.words, row.buy_in]
}

fn row(program: &InProgram, stand: &Stand, now: OffsetDateTime) -> Row {
    let zone = &program.time_zone;
    let approval = Approval {
        state: stand.state,
        asked_at: stand.asked_at,
        talk_first_at: stand.talk_first_at,
        decided_at: stand.decided_at,
        revoked_from: stand.revoked_from,
        reconsider_from: stand.reconsider_from,
        expires_at: stand.expires_at,
    };
    let (kind, mut said) = approval_words(&approval, now, zone);
    let answer = approval.standing(now);
    if answer == RequestState::Approved && stand.valid_until < program.ends_on {
        said = format!("{said}, until {}", words::short_day(stand.valid_until));
    }
    if !stand.is_latest {
        said = format!("{said}. Another is asked since");
    }
    let began = match answer {
        RequestState::Pending => stand.talk_first_at.unwrap_or(stand.asked_at),
        RequestState::Expired => stand.expires_at,
        _ => stand.decided_at.unwrap_or(stand.asked_at),
    };
    let delivery = stand.delivery();
    let open = stand.is_latest && stand.part.is_open() && program.takes_people();
    let section = section_of(
        (stand.state, stand.expires_at, stand.talk_first_at.is_some()),
        (stand.valid_until, program.ends_on),
        (local_time::day_in(zone, now), now),
    );
    let waits = open && Wish::CorrectAddress.fits(section);
    Row {
        person: stand.participation_id.to_string(),
        peer: stand.peer_name.clone(),
        supervisor: stand.supervisor_name.clone(),
        address: stand.supervisor_email.clone(),
        state: Mark { kind, words: said },
        since: so_long(now - began),
        delivery: delivery_mark(&delivery, zone),
        buy_in: buy_in_words(BuyIn::of(answer, stand.pledges), stand.pledges),
        can_send: waits,
        can_correct: waits,
        can_remind: open && Wish::AskAgain.fits(section),
        press: Uuid::now_v7().to_string(),
    }
}

/// "Since today", "For three days".
fn so_long(time: time::Duration) -> String {
    match usize::try_from(time.whole_days()) {
        Ok(0) | Err(_) => "Since today".to_owned(),
        Ok(days) => format!("For {}", words::count(days, "day", "days")),
    }
}

fn buy_in_words(buy_in: Option<BuyIn>, pledges: i64) -> String {
    match (buy_in, usize::try_from(pledges)) {
        (Some(buy_in), Ok(pledges)) if pledges > 0 => {
            format!("{}, {}", buy_in.words(), words::count(pledges, "pledge", "pledges"))
        }
        (Some(buy_in), _) => buy_in.words().to_owned(),
        (None, _) => String::new(),
    }
}

/// One request, as coordinators read it.
struct Entry {
    id: String,
    heading: String,
    address: String,
    state: Mark,
    facts: Vec<(&'static str, String)>,
    /// A pledge, and "Kept", "Open" or "Not kept".
    pledges: Vec<(String, &'static str)>,
}

/// What coordinators read of one person's requests: shown to them, and by the same template to the
/// person themself.
#[derive(Template)]
#[template(path = "standings/history.html")]
pub(crate) struct HistorySheet {
    entries: Vec<Entry>,
}

impl HistorySheet {
    pub(crate) fn of(program: &InProgram, history: &History, now: OffsetDateTime) -> Self {
        let first_name = text::first_name(&history.who.name);
        let entry = |told: &Told| {
            let pledges: Vec<&Pledged> = history.pledges.iter().filter(|one| one.request_id == told.id).collect();
            entry(program, told, &pledges, (first_name, now))
        };
        Self { entries: history.requests.iter().map(entry).collect() }
    }
}

fn entry(program: &InProgram, told: &Told, pledges: &[&Pledged], (first_name, now): (&str, OffsetDateTime)) -> Entry {
    let zone = &program.time_zone;
    let approval = Approval {
        state: told.state,
        asked_at: told.asked_at,
        talk_first_at: told.talk_first_at,
        decided_at: told.decided_at,
        revoked_from: told.revoked_from,
        reconsider_from: None,
        expires_at: told.expires_at,
    };
    let (kind, mut said) = approval_words(&approval, now, zone);
    if told.purpose == Purpose::Trip {
        said = said.replace("Not this term", "No");
    }
    let answer = standing(told.state, told.expires_at, now);
    let lines = pledges.iter().map(|one| {
        let promise = Promise { kind: one.kind, words: one.words.clone() };
        (promise.line(first_name), PledgeAnswer::told(one.answer))
    });
    Entry {
        id: told.id.to_string(),
        heading: told.supervisor_name.clone(),
        address: told.supervisor_email.clone(),
        state: Mark { kind, words: said },
        facts: facts(program, told, answer, i64::try_from(pledges.len()).unwrap_or(0)),
        pledges: lines.collect(),
    }
}

fn facts(program: &InProgram, told: &Told, answer: RequestState, pledges: i64) -> Vec<(&'static str, String)> {
    let zone = &program.time_zone;
    let day = |at: OffsetDateTime| words::day_and_year(local_time::day_in(zone, at));
    let what = match told.purpose {
        Purpose::Join => "for a place".to_owned(),
        Purpose::Reconfirm => "to go on".to_owned(),
        Purpose::Trip => format!("for one trip on {}", words::day(told.valid_from)),
    };
    let for_trip = told.purpose == Purpose::Trip;
    let mut facts = vec![("Asked", format!("On {}, {what}", day(told.asked_at)))];
    let email = delivery_mark(&told.delivery(), zone).words;
    if !email.is_empty() {
        facts.push(("Email", email));
    }
    if answer == RequestState::Pending {
        facts.push(("Time to answer", format!("Until {}", day(told.expires_at))));
    }
    if let Some(at) = told.talk_first_at {
        facts.push(("Talk first", format!("Said on {}", day(at))));
    }
    if let Some(at) = told.decided_at {
        facts.push(("Answered", format!("On {}", day(at))));
    }
    if let Some(reason) = told.reason {
        facts.push(("Reason", reason.words().to_owned()));
    }
    if let (RequestState::Declined, Some(from)) = (told.state, told.reconsider_from) {
        facts.push(("Would look again", format!("From {} on", words::day_and_year(from))));
    }
    if !told.conditions.is_empty() {
        let then = told.accepted_at.map_or("Not accepted".to_owned(), |at| format!("Accepted on {}", day(at)));
        facts.push(("Condition", format!("{} {then}.", sentence(&told.conditions))));
    }
    let given = matches!(answer, RequestState::Approved | RequestState::Revoked | RequestState::Superseded);
    if let (true, Some(terms)) = (given, told.agreed()) {
        if for_trip {
            facts.push(("Agreed", terms.trip_line(&program.currency)));
        } else {
            facts.push(("Agreed", terms.line(&program.currency)));
            facts.push(("Dates", words::from_to(told.valid_from, told.valid_until)));
        }
    }
    if let Some(from) = told.revoked_from {
        facts.push(("Ends", format!("From {} on", words::day_and_year(from))));
    }
    if let Some(buy_in) = BuyIn::of(answer, pledges).filter(|_| !for_trip) {
        facts.push(("Backing", buy_in.words().to_owned()));
    }
    facts
}

/// With a full stop.
fn sentence(text: &str) -> String {
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

#[derive(Template)]
#[template(path = "standings/person.html")]
pub(super) struct PersonPage {
    shell: Shell,
    path: String,
    program_name: String,
    id: String,
    name: String,
    history: HistorySheet,
    nothing: bool,
    /// The newest request can be sent again.
    can_send: bool,
    /// The peer can be asked to correct its address.
    can_correct: bool,
    /// The peer can be reminded to ask again.
    can_remind: bool,
    press: String,
}

impl PersonPage {
    pub(super) fn of(
        shell: Shell,
        program: &InProgram,
        id: ParticipationId,
        history: &History,
        now: OffsetDateTime,
    ) -> Self {
        let newest = history.requests.iter().find(|told| told.purpose != Purpose::Trip);
        let open = history.who.state.is_open() && program.takes_people();
        let section = newest.filter(|_| open).map(|told| {
            section_of(
                (told.state, told.expires_at, told.talk_first_at.is_some()),
                (told.valid_until, program.ends_on),
                (local_time::day_in(&program.time_zone, now), now),
            )
        });
        let waits = section.is_some_and(|section| Wish::CorrectAddress.fits(section));
        Self {
            shell,
            path: program.path(),
            program_name: program.name.clone(),
            id: id.to_string(),
            name: history.who.name.clone(),
            history: HistorySheet::of(program, history, now),
            nothing: history.requests.is_empty(),
            can_send: waits,
            can_correct: waits,
            can_remind: section.is_some_and(|section| Wish::AskAgain.fits(section)),
            press: Uuid::now_v7().to_string(),
        }
    }
}
