//! From people to seats: what the search has to know of each, as numbers.
use super::{
    keywords::{Keyword, keywords},
    problem::Seat,
    week::Zones,
};
use crate::features::profiles::Slot;
use std::collections::{BTreeMap, BTreeSet};

/// Somebody who is to be placed, as they say of themselves.
#[derive(Debug, Clone, Default)]
pub struct Somebody {
    pub name: String,
    /// IANA name.
    pub time_zone: String,
    pub wants: String,
    pub offers: String,
    pub department: String,
    pub site: String,
    /// The titles of the themes that draw them.
    pub themes: Vec<String>,
    /// None: they did not say, and count as always free.
    pub slots: Vec<Slot>,
}

/// Two people, by their place in the list.
pub type Pair = (usize, usize);

/// Numbers for words, from 1; the same words give the same numbers.
fn numbered(words: impl Iterator<Item = String>) -> BTreeMap<String, u32> {
    words.filter(|word| !word.is_empty()).collect::<BTreeSet<_>>().into_iter().zip(1..).collect()
}

/// Departments and sites are the same whatever their capitals.
fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

/// One seat for each of them. `apart` and `before` hold pairs in any order.
///
/// Want and offer meet where they share a keyword; of more than 128 themes the rest do not count.
#[must_use]
pub fn seats(people: &[Somebody], apart: &[Pair], before: &[Pair], zones: &Zones, minutes: i32) -> Vec<Seat> {
    let stems = |text: &str| keywords(text).into_iter().map(|keyword: Keyword| keyword.stem);
    let wants = numbered(people.iter().flat_map(|person| stems(&person.wants)));
    let themes = numbered(people.iter().flat_map(|person| person.themes.iter().cloned()));
    let departments = numbered(people.iter().map(|person| folded(&person.department)));
    let sites = numbered(people.iter().map(|person| folded(&person.site)));
    let (apart, before) = (by_person(people.len(), apart), by_person(people.len(), before));
    let number = |known: &BTreeMap<String, u32>, word: &str| known.get(word).copied().unwrap_or(0);
    let numbers = |text: &str| {
        let mut found: Vec<u32> = stems(text).filter_map(|stem| wants.get(&stem).copied()).collect();
        found.sort_unstable();
        found
    };
    let bits = |titles: &[String]| {
        titles.iter().fold(0_u128, |bits, title| match number(&themes, title) {
            bit @ 1..=128 => bits | 1 << (bit - 1),
            _ => bits,
        })
    };
    let seat = |((person, apart), before): ((&Somebody, Vec<usize>), Vec<usize>)| Seat {
        free: zones.weeks(&person.time_zone, &person.slots, minutes),
        apart,
        wants: numbers(&person.wants),
        meets: numbers(&person.offers),
        themes: bits(&person.themes),
        department: number(&departments, &folded(&person.department)),
        site: number(&sites, &folded(&person.site)),
        before,
    };
    people.iter().zip(apart).zip(before).map(seat).collect()
}

/// Each person's others, sorted, each once.
fn by_person(people: usize, pairs: &[Pair]) -> Vec<Vec<usize>> {
    let mut others = vec![Vec::new(); people];
    for (a, b) in pairs {
        others[*a].push(*b);
        others[*b].push(*a);
    }
    for list in &mut others {
        list.sort_unstable();
        list.dedup();
    }
    others
}
