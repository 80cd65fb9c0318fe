//! What a file must keep before a row of it is written: every key it uses is declared once, and
//! the rules that tables alone do not hold. Everything wrong is found at once.
mod keys;
mod rules;

use super::Document;
use crate::{
    base::{
        ids::{ElementId, FieldTripId, GoalId, GroupId, ParticipationId},
        portable::{Key, Keyed},
    },
    features::{elements::archive::Element, goals::archive::Goal, groups::archive::Membership},
};
use std::{
    collections::{HashMap, HashSet},
    fmt,
};
use time::Date;

/// One thing that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where: "meeting “A2”, item “A2-3”".
    pub place: String,
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)
    }
}

/// Everything that is wrong with a file, in its order; the rules are asked only when the keys are right.
pub fn problems(document: &Document) -> Vec<Problem> {
    let mut found = Found::default();
    let declared = keys::declared(document, &mut found);
    keys::references(document, &declared, &mut found);
    if found.0.is_empty() {
        rules::ask(document, &Index::of(document), &mut found);
    }
    found.0
}

#[derive(Default)]
struct Found(Vec<Problem>);

impl Found {
    fn note(&mut self, place: &str, reason: impl Into<String>) {
        self.0.push(Problem { place: place.to_owned(), reason: reason.into() });
    }

    /// Notes a reason unless something holds.
    fn expect(&mut self, holds: bool, place: &str, reason: &str) {
        if !holds {
            self.note(place, reason);
        }
    }
}

/// How a thing is named in a problem.
fn place<I: Keyed>(key: &Key<I>) -> String {
    format!("{} “{}”", I::KIND, key.as_str())
}

/// Every key that something in the file has, with its kind.
type Declared<'a> = HashSet<(&'static str, &'a str)>;

/// What the rules look up.
struct Index<'a> {
    memberships: HashMap<&'a Key<ParticipationId>, Vec<(&'a Key<GroupId>, &'a Membership)>>,
    goals: HashMap<&'a Key<GoalId>, &'a Goal>,
    elements: HashMap<&'a Key<ElementId>, &'a Element>,
    trip_groups: HashMap<&'a Key<FieldTripId>, &'a Key<GroupId>>,
    /// Addresses in the form in which they are compared.
    emails: HashMap<&'a Key<ParticipationId>, String>,
}

impl<'a> Index<'a> {
    fn of(document: &'a Document) -> Self {
        let mut memberships: HashMap<_, Vec<_>> = HashMap::new();
        for group in &document.groups {
            for membership in &group.memberships {
                memberships.entry(&membership.participation).or_default().push((&group.key, membership));
            }
        }
        let people: HashMap<_, _> = document.people.iter().map(|person| (&person.key, &person.email)).collect();
        let elements = document.goals.iter().flat_map(|goal| &goal.elements);
        Self {
            memberships,
            goals: document.goals.iter().map(|goal| (&goal.key, goal)).collect(),
            elements: elements.map(|element| (&element.key, element)).collect(),
            trip_groups: document.field_trips.iter().map(|trip| (&trip.key, &trip.group)).collect(),
            emails: document
                .participations
                .iter()
                .filter_map(|p| Some((&p.key, crate::base::text::fold_email(people.get(&p.person)?))))
                .collect(),
        }
    }

    /// Whether somebody was ever in a group.
    fn ever_in(&self, who: &Key<ParticipationId>, group: &Key<GroupId>) -> bool {
        self.memberships.get(who).is_some_and(|all| all.iter().any(|(of, _)| *of == group))
    }

    /// Whether somebody belonged to a group on a day.
    fn in_on(&self, who: &Key<ParticipationId>, group: &Key<GroupId>, day: Date) -> bool {
        let covers = |membership: &Membership| {
            membership.joined_on.is_some_and(|joined| joined.0 <= day)
                && membership.left_on.is_none_or(|left| day < left.0)
        };
        self.memberships.get(who).is_some_and(|all| all.iter().any(|(of, within)| *of == group && covers(within)))
    }
}
