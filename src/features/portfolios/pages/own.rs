//! The owner's page, and what others ask of a giver.
use super::super::{
    model::{Consent, Lifetime},
    service::{Answer, AskedOf, Own},
};
use crate::access::OwnPart;
use crate::base::words;
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use time::Date;

/// What the page shows besides how things stand.
#[derive(Debug, Default)]
pub(in super::super) struct Shown {
    /// A link that was just made: its address, which nobody sees again, and its last day.
    pub(in super::super) made: Option<(String, Date)>,
}

/// Something that can be ticked.
pub(super) struct Tick {
    value: String,
    title: String,
    note: String,
    chosen: bool,
}

/// Things of one kind.
pub(super) struct Kind {
    name: &'static str,
    legend: &'static str,
    ticks: Vec<Tick>,
}

/// Feedback that cannot be put in yet.
pub(super) struct Waiting {
    id: String,
    title: String,
    note: String,
    /// Its giver can be asked.
    can_ask: bool,
}

#[derive(Template)]
#[template(path = "portfolios/own.html")]
pub(in super::super) struct OwnPage {
    shell: Shell,
    errors: Errors,
    path: String,
    program: String,
    is_open: bool,
    kinds: Vec<Kind>,
    nothing_offered: bool,
    nothing_ticked: bool,
    waiting: Vec<Waiting>,
    /// How many others would like to show what this person wrote.
    to_answer: String,
    lives: Vec<(&'static str, &'static str)>,
    link_until: String,
    new_link: String,
}

fn about(titles: impl Iterator<Item = String>) -> String {
    words::list(&titles.map(|title| format!("“{title}”")).collect::<Vec<_>>())
}

/// A note's parts, those that say something.
fn note(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ")
}

fn kinds(own: &Own) -> Vec<Kind> {
    let offered = &own.offered;
    let goals = offered.goals.iter().map(|one| {
        let whose = if one.of_group { "the group’s goal" } else { "" };
        let closed = format!("{} on {}", one.state.words(), words::day_and_year(one.closed_on));
        Tick {
            value: format!("goal:{}", one.id),
            title: one.title.clone(),
            note: note(&[&closed, whose]),
            chosen: one.ticked,
        }
    });
    let made = offered.made.iter().map(|one| Tick {
        value: format!("product:{}", one.id),
        title: one.title.clone(),
        note: one.state.words().to_owned(),
        chosen: one.ticked,
    });
    let trips = offered.trips.iter().map(|one| {
        let day = words::day_and_year(one.on_date);
        let learned = if one.learned.is_empty() { "" } else { "with what you wrote about it" };
        let note = note(&[&day, &one.place, learned]);
        Tick { value: format!("trip:{}", one.id), title: one.kind.label().to_owned(), note, chosen: one.ticked }
    });
    let feedback = offered.feedback.iter().filter(|one| one.consent == Consent::Yes).map(|one| Tick {
        value: format!("feedback:{}", one.id),
        title: format!("From {}", one.giver),
        note: note(&[&about(one.texts.iter().map(|(title, _)| title.clone())), &words::day_and_year(one.happened_on)]),
        chosen: one.ticked,
    });
    vec![
        Kind { name: "goals", legend: "Goals you have closed", ticks: goals.collect() },
        Kind { name: "products", legend: "What you made", ticks: made.collect() },
        Kind { name: "trips", legend: "Where you went", ticks: trips.collect() },
        Kind { name: "feedback", legend: "Feedback whose giver agreed", ticks: feedback.collect() },
    ]
    .into_iter()
    .filter(|kind| !kind.ticks.is_empty())
    .collect()
}

fn waiting(own: &Own) -> Vec<Waiting> {
    let not_yet = own.offered.feedback.iter().filter(|one| one.consent != Consent::Yes);
    not_yet
        .map(|one| {
            let standing = match one.consent {
                Consent::Asked => "asked, no answer yet",
                Consent::No => "it stays between the two of you",
                Consent::NotAsked | Consent::Yes => "",
            };
            let about = about(one.texts.iter().map(|(title, _)| title.clone()));
            Waiting {
                id: one.id.to_string(),
                title: format!("From {}", one.giver),
                note: note(&[&about, &words::day(one.happened_on), standing]),
                can_ask: one.consent == Consent::NotAsked,
            }
        })
        .collect()
}

impl OwnPage {
    pub(in super::super) fn of(by: &OwnPart, shell: Shell, own: &Own, (shown, errors): (Shown, Errors)) -> Self {
        let program = by.program();
        let kinds = kinds(own);
        let (new_link, until) = match shown.made {
            Some((address, day)) => (address, Some(day)),
            None => (String::new(), own.link_until),
        };
        Self {
            shell: shell.with(&errors),
            errors,
            path: program.path(),
            program: program.name.clone(),
            is_open: by.is_open(),
            nothing_offered: kinds.is_empty(),
            nothing_ticked: kinds.iter().flat_map(|kind| &kind.ticks).all(|tick| !tick.chosen),
            kinds,
            waiting: waiting(own),
            to_answer: match own.to_answer {
                0 => String::new(),
                n => words::capital(&words::count(n, "question waits", "questions wait")),
            },
            lives: Lifetime::ALL.iter().map(|one| (one.as_str(), one.label())).collect(),
            link_until: until.map(words::day_and_year).unwrap_or_default(),
            new_link,
        }
    }
}

/// One question to a giver.
pub(super) struct Question {
    id: String,
    receiver: String,
    note: String,
    standing: &'static str,
    said_yes: bool,
    said_no: bool,
}

#[derive(Template)]
#[template(path = "portfolios/asked.html")]
pub(in super::super) struct AskedPage {
    shell: Shell,
    path: String,
    program: String,
    is_open: bool,
    questions: Vec<Question>,
}

impl AskedPage {
    pub(in super::super) fn of(by: &OwnPart, shell: Shell, asked: Vec<AskedOf>) -> Self {
        let question = |one: AskedOf| Question {
            id: one.id.to_string(),
            receiver: one.receiver,
            note: note(&[&about(one.titles.into_iter()), &words::day_and_year(one.happened_on)]),
            standing: match (one.answer, one.is_in) {
                (None, _) => "Waits for your answer",
                (Some(Answer::Yes), true) => "You said yes, and it stands in the portfolio now",
                (Some(Answer::Yes), false) => "You said yes; it is not in the portfolio now",
                (Some(Answer::No), _) => "You said no",
            },
            said_yes: one.answer == Some(Answer::Yes),
            said_no: one.answer == Some(Answer::No),
        };
        Self {
            shell,
            path: by.program().path(),
            program: by.program().name.clone(),
            is_open: by.is_open(),
            questions: asked.into_iter().map(question).collect(),
        }
    }
}
