//! What the templates need, ready to be shown.
mod answer;
mod forms;
mod join;
mod place;

pub(super) use answer::{AnswerFrame, AnswerPage, NotMinePage};
pub(super) use forms::{AnswerForm, AskForm, JoinForm};
pub(super) use join::JoinPage;
pub(super) use place::{PlaceFrame, PlacePage};

use super::model::Terms;
use crate::base::words;
use time::Date;

/// One line of a list of facts.
#[derive(Debug)]
struct Fact {
    name: &'static str,
    strong: String,
    rest: String,
}

impl Fact {
    fn new(name: &'static str, strong: impl Into<String>, rest: impl Into<String>) -> Self {
        Self { name, strong: strong.into(), rest: rest.into() }
    }
}

/// What a place takes.
fn what_it_takes(terms: &Terms, from: Date, until: Date, currency: &str) -> Vec<Fact> {
    vec![
        Fact::new("Time", terms.hours(), words::capital(terms.when())),
        Fact::new("Dates", words::from_to(from, until), ""),
        Fact::new("Away", terms.away(), words::capital(&terms.away_note(currency))),
    ]
}
