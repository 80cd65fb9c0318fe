//! What the templates need, ready to show.
use super::service::{Mine, Seen};
use crate::access::InProgram;
use crate::base::{local_time, words};
use crate::features::groups::{Candidate, Readiness};
use crate::features::move_offers::{Offer, Over, Standing};
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use time::OffsetDateTime;

/// Somebody with a box to tick, or a group to choose.
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) note: String,
    pub(super) chosen: bool,
}

/// One offer, as a coordinator reads it.
pub(super) struct OfferRow {
    pub(super) name: String,
    pub(super) to: String,
    pub(super) words: String,
    /// Where it is taken back, while it is open.
    pub(super) withdraw: Option<String>,
}

#[derive(Template)]
#[template(path = "moves/offer.html")]
pub(super) struct OfferPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    path: String,
    action: String,
    name: String,
    /// Why nothing can be offered, if so.
    closed: &'static str,
    people: Vec<Choice>,
    targets: Vec<Choice>,
    line: String,
    offers: Vec<OfferRow>,
}

impl OfferPage {
    /// `typed`: who is ticked, the group chosen, the line.
    pub(super) fn of(
        (shell, errors): (Shell, Errors),
        program: &InProgram,
        seen: &Seen,
        (members, to, line): (Vec<String>, String, String),
        now: OffsetDateTime,
    ) -> Self {
        let path = program.path();
        let people: Vec<Choice> = seen.movable(now).into_iter().map(|person| choice(person, &members)).collect();
        let targets: Vec<Choice> = seen
            .targets()
            .into_iter()
            .map(|group| {
                let size = seen.all.members_of(group.id).len();
                let id = group.id.to_string();
                Choice {
                    chosen: id == to,
                    name: format!("{} ({})", group.name, words::count(size, "person", "people")),
                    note: String::new(),
                    id,
                }
            })
            .collect();
        let closed = if !program.state.is_running() {
            "Moves are offered while the groups run."
        } else if seen.group.closed_on.is_some() {
            "This group is closed."
        } else if targets.is_empty() {
            "There is no other group yet."
        } else if people.is_empty() {
            "Nobody else is in this group who could be asked."
        } else {
            ""
        };
        let offers = seen.offers.iter().map(|offer| OfferRow {
            name: offer.name.clone(),
            to: offer.to_name.clone(),
            words: words::capital(&offer.words(now, &program.time_zone)),
            withdraw: (offer.standing(now) == Standing::Open).then(|| format!("{path}/moves/{}/withdraw", offer.id)),
        });
        Self {
            shell: shell.with(&errors),
            action: format!("{path}/groups/{}/moves", seen.group.id),
            name: seen.group.name.clone(),
            offers: offers.collect(),
            path,
            closed,
            people,
            targets,
            line,
            errors,
        }
    }
}

fn choice(person: &Candidate, chosen: &[String]) -> Choice {
    let id = person.id.to_string();
    let ready = person.readiness == Readiness::Ready;
    let note = if ready { String::new() } else { words::capital(person.readiness.words()) };
    Choice { chosen: chosen.contains(&id), name: person.name.clone(), note, id }
}

/// What somebody is offered, or what became of it.
#[derive(Template)]
#[template(path = "moves/move.html")]
pub(super) struct MovePage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    path: String,
    program: String,
    heading: String,
    lede: String,
    open: Option<OpenOffer>,
}

struct OpenOffer {
    id: String,
    from: String,
    to: String,
    /// What the group is about and how many are in it.
    about: String,
    by: String,
    line: String,
    until: String,
    /// The program asks supervisors.
    approval_required: bool,
}

impl MovePage {
    pub(super) fn of(
        (shell, errors): (Shell, Errors),
        program: &InProgram,
        mine: Option<Mine>,
        now: OffsetDateTime,
    ) -> Self {
        let (path, name) = (program.path(), program.name.clone());
        let page =
            |heading, lede, open| Self { shell: shell.with(&errors), path, program: name, heading, lede, open, errors };
        let Some(Mine { offer, line, people_there, approval_required }) = mine else {
            let lede = "When a coordinator offers you a place in another group, you read it here and decide.";
            return page("No move is offered to you".to_owned(), lede.to_owned(), None);
        };
        if offer.standing(now) != Standing::Open || !program.state.is_running() {
            let heading =
                if offer.standing(now) == Standing::Accepted { "You have moved" } else { "You stay where you are" };
            return page(heading.to_owned(), what_became(&offer, now, &program.time_zone), None);
        }
        let size = words::capital(&words::count(people_there, "person", "people"));
        let about = if offer.to_focus.is_empty() {
            format!("{size} so far")
        } else {
            format!("{}. {size} so far", offer.to_focus.trim_end_matches('.'))
        };
        page(
            format!("Move to {}?", offer.to_name),
            format!("{} offers you a place there. You decide, and nobody asks for a reason.", offer.by_name),
            Some(OpenOffer {
                id: offer.id.to_string(),
                until: words::day(local_time::day_in(&program.time_zone, offer.open_until())),
                from: offer.from_name,
                to: offer.to_name,
                by: offer.by_name,
                about,
                line,
                approval_required,
            }),
        )
    }
}

/// What became of an offer, to the person it was made to.
fn what_became(offer: &Offer, now: OffsetDateTime, zone: &str) -> String {
    let on = |at: Option<OffsetDateTime>| {
        at.map_or_else(String::new, |at| format!(" on {}", words::day(local_time::day_in(zone, at))))
    };
    let Offer { from_name, to_name, .. } = offer;
    match offer.standing(now) {
        Standing::Accepted => format!("You said yes{}, and left {from_name} for {to_name}.", on(offer.ended_at)),
        Standing::Stayed => {
            format!("You said{} that you stay in {from_name} rather than move to {to_name}.", on(offer.ended_at))
        }
        Standing::Withdrawn => {
            format!("The offer of a place in {to_name} was taken back{}. Nothing changed for you.", on(offer.ended_at))
        }
        Standing::Hindered => {
            format!("You said yes, but a place in {to_name} was not possible any more. Nothing changed for you.")
        }
        Standing::Over(Over::TargetClosed) => {
            format!("{to_name} is closed, so the offer is over. Nothing changed for you.")
        }
        Standing::Over(Over::Gone) => format!("You no longer belong to {from_name}, so the offer is over."),
        Standing::Over(Over::TimeOut) | Standing::Open => {
            format!("The time to answer is over, so you stay in {from_name}. Nothing changed for you.")
        }
    }
}

/// Said after an answer that came when the offer was over.
pub(super) fn nothing_changed(offer: &Offer, now: OffsetDateTime, zone: &str) -> String {
    let what = what_became(offer, now, zone);
    if matches!(offer.standing(now), Standing::Accepted | Standing::Stayed) {
        format!("This was answered before. {what}")
    } else {
        what
    }
}

/// Said after a yes that came too late for a rule. Why else than for want of room is nobody's to
/// know here: it may be about others.
pub(super) fn hindered(offer: &Offer, full: bool) -> String {
    let Offer { from_name, to_name, by_name, .. } = offer;
    let why = if full {
        format!("{to_name} is full by now")
    } else {
        format!("A place in {to_name} is not possible any more")
    };
    format!("{why}. You stay in {from_name}, and {by_name} can see that you said yes.")
}
