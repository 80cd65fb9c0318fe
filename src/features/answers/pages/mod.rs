//! What the templates need, ready to be shown.
mod answer;
mod ended;
mod form;

pub(super) use answer::{AnswerFrame, AnswerPage, DeadLinkPage, NotMinePage};
pub(crate) use answer::{AnswerSheet, Sample};
pub(super) use form::AnswerForm;

use crate::base::words;
use crate::features::approvals::Terms;
use time::Date;

/// One line of a list of facts.
#[derive(Debug)]
pub(crate) struct Fact {
    pub(crate) name: &'static str,
    pub(crate) strong: String,
    pub(crate) rest: String,
}

impl Fact {
    pub(crate) fn new(name: &'static str, strong: impl Into<String>, rest: impl Into<String>) -> Self {
        Self { name, strong: strong.into(), rest: rest.into() }
    }
}

/// What a place takes.
pub(crate) fn what_it_takes(terms: &Terms, from: Date, until: Date, currency: &str) -> Vec<Fact> {
    vec![
        Fact::new("Time", terms.hours(), words::capital(terms.when())),
        Fact::new("Dates", words::from_to(from, until), ""),
        Fact::new("Away", terms.away(), words::capital(&terms.away_note(currency))),
    ]
}
