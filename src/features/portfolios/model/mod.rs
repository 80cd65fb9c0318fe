//! What a portfolio holds, how long its link lives, and what the letter adds up. No database, no HTML.
mod letter;

pub(super) use letter::Letter;
pub use letter::{Attendance, Journey, hours_in_words, trip_days};

use crate::base::{
    ids::{FeedbackId, FieldTripId, GoalId, ProductId},
    words,
};
use crate::features::{field_trips::TripKind, formats::Words, goals::GoalState, products::ProductState};
use serde_json::{Value, json};
use time::{Date, Duration};

crate::text_enum! {
    /// How long the link of a portfolio is in force.
    pub enum Lifetime {
        Month = "30",
        Quarter = "90",
        Year = "365",
    }
}

impl Lifetime {
    /// As the form says it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Month => "30 days",
            Self::Quarter => "90 days",
            Self::Year => "One year",
        }
    }

    /// The last day of a link that is made on a day.
    #[must_use]
    pub fn last_day(self, today: Date) -> Date {
        let days = match self {
            Self::Month => 30,
            Self::Quarter => 90,
            Self::Year => 365,
        };
        today.saturating_add(Duration::days(days))
    }
}

/// One thing that can be in a portfolio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Thing {
    Goal(GoalId),
    Product(ProductId),
    Trip(FieldTripId),
    Feedback(FeedbackId),
}

impl Thing {
    /// As the form sends it; `None` for what no form of ours holds.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once(':')?;
        match kind {
            "goal" => GoalId::parse(id).map(Self::Goal),
            "product" => ProductId::parse(id).map(Self::Product),
            "trip" => FieldTripId::parse(id).map(Self::Trip),
            "feedback" => FeedbackId::parse(id).map(Self::Feedback),
            _ => None,
        }
    }
}

/// A goal that was closed.
#[derive(Debug, Clone)]
pub(super) struct ClosedGoal {
    pub(super) id: GoalId,
    pub(super) of_group: bool,
    pub(super) title: String,
    pub(super) statement: String,
    pub(super) state: GoalState,
    pub(super) closed_on: Date,
    /// The line that was asked for at the end.
    pub(super) reflection: String,
    pub(super) ticked: bool,
}

/// What came out of a goal.
#[derive(Debug, Clone)]
pub(super) struct Made {
    pub(super) id: ProductId,
    pub(super) title: String,
    pub(super) link: String,
    pub(super) words: String,
    pub(super) state: ProductState,
    pub(super) ticked: bool,
}

/// A trip that took place and that they took part in.
#[derive(Debug, Clone)]
pub(super) struct Trip {
    pub(super) id: FieldTripId,
    pub(super) kind: TripKind,
    pub(super) on_date: Date,
    pub(super) place: String,
    /// In their own words, or nothing.
    pub(super) learned: String,
    pub(super) ticked: bool,
}

/// What its giver says to feedback in its receiver's portfolio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Consent {
    NotAsked,
    Asked,
    Yes,
    No,
}

impl Consent {
    pub(super) fn of(was_asked: bool, answer: Option<Answer>) -> Self {
        match (was_asked, answer) {
            (false, _) => Self::NotAsked,
            (true, None) => Self::Asked,
            (true, Some(Answer::Yes)) => Self::Yes,
            (true, Some(Answer::No)) => Self::No,
        }
    }
}

crate::text_enum! {
    /// A giver's answer. A yes may become a no at any time.
    pub enum Answer {
        Yes = "yes",
        No = "no",
    }
}

/// Feedback that was received.
#[derive(Debug, Clone)]
pub(super) struct Received {
    pub(super) id: FeedbackId,
    pub(super) giver: String,
    pub(super) happened_on: Date,
    /// Each element and what was written on it.
    pub(super) texts: Vec<(String, Words)>,
    pub(super) consent: Consent,
    pub(super) ticked: bool,
}

/// What somebody can take along, or has ticked.
#[derive(Debug, Clone, Default)]
pub(super) struct Portfolio {
    pub(super) goals: Vec<ClosedGoal>,
    pub(super) made: Vec<Made>,
    pub(super) trips: Vec<Trip>,
    pub(super) feedback: Vec<Received>,
}

impl Portfolio {
    /// Only what its owner put in; of feedback only what its giver agrees to.
    pub(super) fn ticked(mut self) -> Self {
        self.goals.retain(|one| one.ticked);
        self.made.retain(|one| one.ticked);
        self.trips.retain(|one| one.ticked);
        self.feedback.retain(|one| one.ticked && one.consent == Consent::Yes);
        self
    }

    /// Whether a thing can be put in.
    pub(super) fn offers(&self, thing: Thing) -> bool {
        match thing {
            Thing::Goal(id) => self.goals.iter().any(|one| one.id == id),
            Thing::Product(id) => self.made.iter().any(|one| one.id == id),
            Thing::Trip(id) => self.trips.iter().any(|one| one.id == id),
            Thing::Feedback(id) => self.feedback.iter().any(|one| one.id == id && one.consent == Consent::Yes),
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.goals.is_empty() && self.made.is_empty() && self.trips.is_empty() && self.feedback.is_empty()
    }
}

/// Whose portfolio it is, and from where.
#[derive(Debug, Clone)]
pub(super) struct Owner {
    pub(super) name: String,
    pub(super) program: String,
    pub(super) institution: String,
    /// IANA name of the program's zone.
    pub(super) time_zone: String,
    pub(super) starts_on: Date,
    pub(super) ends_on: Date,
}

/// The whole of it as one JSON document.
pub(super) fn document(owner: &Owner, portfolio: &Portfolio, today: Date) -> Value {
    let day = |date| words::iso_day(date);
    json!({
        "format": "see-also portfolio, version 1",
        "made_on": day(today),
        "name": owner.name,
        "program": owner.program,
        "institution": owner.institution,
        "from": day(owner.starts_on),
        "to": day(owner.ends_on),
        "goals": portfolio.goals.iter().map(|one| json!({
            "title": one.title, "statement": one.statement, "of": if one.of_group { "the group" } else { "one person" },
            "state": one.state.as_str(), "closed_on": day(one.closed_on), "reflection": one.reflection,
        })).collect::<Vec<_>>(),
        "products": portfolio.made.iter().map(|one| json!({
            "title": one.title, "link": one.link, "words": one.words, "state": one.state.as_str(),
        })).collect::<Vec<_>>(),
        "trips": portfolio.trips.iter().map(|one| json!({
            "kind": one.kind.as_str(), "on": day(one.on_date), "place": one.place, "learned": one.learned,
        })).collect::<Vec<_>>(),
        "feedback": portfolio.feedback.iter().map(|one| json!({
            "from": one.giver, "about_the": day(one.happened_on),
            "on": one.texts.iter().map(|(title, words)| json!({ "element": title, "words": words.to_value() }))
                .collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}
