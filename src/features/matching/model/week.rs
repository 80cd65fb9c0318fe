//! When people in several zones can meet every week, through every change of clocks.
//!
//! A group's meeting keeps its wall time in one zone. Zones that change their clocks together have the
//! same good times, so they are one family, and each person has one week a family: the quarter hours,
//! in the wall time of the family's first zone, in which they can begin a meeting on every day of the program.
use super::problem::{ALWAYS, Week};
use crate::base::local_time::to_local;
use crate::features::profiles::Slot;
use std::{cmp::Reverse, collections::BTreeSet};
use time::{Date, Duration, Time};

const DAY: i32 = 24 * 60;
const WEEK: i32 = 7 * DAY;
/// Programs last a term or a year; nobody's clocks are asked for longer.
const LONGEST: usize = 1_100;

/// The zones of a program's people.
#[derive(Debug, Clone)]
pub struct Zones {
    names: Vec<String>,
    /// By zone: its family.
    family: Vec<usize>,
    /// By family: its first zone.
    heads: Vec<usize>,
    /// Every combination of offsets from UTC, in minutes by zone, that holds on some day.
    offsets: Vec<Vec<i32>>,
}

/// From when to when a meeting can be set, on a weekday from Monday, 1; `to` may be past midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub weekday: i32,
    /// Minutes since midnight.
    pub from: i32,
    pub to: i32,
}

/// When people can meet, in the wall time of one zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// IANA name.
    pub time_zone: String,
    /// None: whenever they like.
    pub windows: Vec<Window>,
}

impl Zones {
    /// These zones, by IANA name, from one day to another.
    #[must_use]
    pub fn between(names: impl IntoIterator<Item = String>, from: Date, until: Date) -> Self {
        let names: Vec<String> = names.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        let mut offsets = BTreeSet::new();
        let mut day = from;
        for _ in 0..LONGEST {
            let noon = day.with_time(Time::from_hms(12, 0, 0).unwrap_or(Time::MIDNIGHT)).assume_utc();
            let of = |zone: &String| (to_local(zone, noon).assume_utc() - noon).whole_minutes();
            offsets.insert(names.iter().map(|zone| i32::try_from(of(zone)).unwrap_or(0)).collect::<Vec<i32>>());
            day = day.saturating_add(Duration::DAY);
            if day > until {
                break;
            }
        }
        let offsets: Vec<Vec<i32>> = offsets.into_iter().collect();
        let (mut family, mut heads): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        for zone in 0..names.len() {
            let together = |head: &usize| {
                let mut apart = offsets.iter().map(|of| of[zone] - of[*head]);
                let first = apart.next();
                apart.all(|minutes| Some(minutes) == first)
            };
            let known = heads.iter().position(together);
            family.push(known.unwrap_or(heads.len()));
            if known.is_none() {
                heads.push(zone);
            }
        }
        Self { names, family, heads, offsets }
    }

    /// The weeks of somebody who lives by `zone` and can meet in these slots: where a meeting of so many
    /// minutes fits whole. Who gave no slot can always meet.
    #[must_use]
    pub fn weeks(&self, zone: &str, slots: &[Slot], minutes: i32) -> Vec<Week> {
        let Some(own) = self.names.iter().position(|name| name == zone).filter(|_| !slots.is_empty()) else {
            return vec![ALWAYS; self.heads.len()];
        };
        let joined = joined(slots);
        let of_family = |head: &usize| {
            let mut all = ALWAYS;
            for offsets in &self.offsets {
                let week = starts(&joined, offsets[*head] - offsets[own], minutes);
                all.iter_mut().zip(week).for_each(|(word, free)| *word &= free);
            }
            all
        };
        self.heads.iter().map(of_family).collect()
    }

    /// When people who live by these zones and have these slots can meet: in the wall time of the zone
    /// most of them live by, the longest three windows in the order of the week. `None`: never.
    #[must_use]
    pub fn meeting(&self, members: &[(&str, &[Slot])], minutes: i32) -> Option<Meeting> {
        let mut shared = vec![ALWAYS; self.heads.len()];
        for (zone, slots) in members {
            for (all, own) in shared.iter_mut().zip(self.weeks(zone, slots, minutes)) {
                all.iter_mut().zip(own).for_each(|(word, free)| *word &= free);
            }
        }
        let place = |(zone, _): &(&str, _)| self.names.iter().position(|known| known == zone);
        let lived_by: Vec<usize> = members.iter().filter_map(place).collect();
        let people = |zone: &usize| lived_by.iter().filter(|other| *other == zone).count();
        let mut zones = lived_by.clone();
        zones.sort_by_key(|zone| (Reverse(people(zone)), *zone));
        zones.extend(&self.heads);
        let some = |zone: &usize| shared[self.family[*zone]].iter().any(|word| *word != 0);
        let zone = zones.into_iter().find(some)?;
        let ahead = self.offsets.first().map_or(0, |of| of[zone] - of[self.heads[self.family[zone]]]);
        let mut windows = runs(&shared[self.family[zone]], ahead, minutes);
        windows.sort_by_key(|window| (window.from - window.to, window.weekday));
        windows.truncate(3);
        windows.sort_by_key(|window| (window.weekday, window.from));
        Some(Meeting { time_zone: self.names[zone].clone(), windows })
    }
}

fn minute(time: Time) -> i32 {
    i32::from(time.hour()) * 60 + i32::from(time.minute())
}

/// Slots as minutes of the week from Monday, those that meet made one.
#[must_use]
pub fn joined(slots: &[Slot]) -> Vec<(i32, i32)> {
    let of = |slot: &Slot| {
        let midnight = (slot.weekday - 1) * DAY;
        (midnight + minute(slot.starts_at), midnight + minute(slot.ends_at))
    };
    let mut spans: Vec<(i32, i32)> = slots.iter().map(of).collect();
    spans.sort_unstable();
    let mut joined: Vec<(i32, i32)> = Vec::new();
    for (from, to) in spans {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// The quarter hours in which a meeting can begin that ends inside its span, so many minutes ahead.
fn starts(spans: &[(i32, i32)], ahead: i32, minutes: i32) -> Week {
    let mut week = [0; 11];
    for (from, to) in spans {
        let mut at = (from + ahead + WEEK).div_euclid(15) * 15;
        while at < from + ahead + WEEK {
            at += 15;
        }
        while at + minutes <= to + ahead + WEEK {
            let quarter = usize::try_from(at.rem_euclid(WEEK) / 15).unwrap_or(0);
            week[quarter / 64] |= 1 << (quarter % 64);
            at += 15;
        }
    }
    week
}

fn is_set(week: &Week, quarter: i32) -> bool {
    let quarter = usize::try_from(quarter.rem_euclid(WEEK / 15)).unwrap_or(0);
    week[quarter / 64] >> (quarter % 64) & 1 == 1
}

/// Quarter hours in a row, each from the first beginning to the end of the last meeting.
fn runs(week: &Week, ahead: i32, minutes: i32) -> Vec<Window> {
    let mut found = Vec::new();
    for first in (0..WEEK / 15).filter(|quarter| is_set(week, *quarter) && !is_set(week, quarter - 1)) {
        let many = (0..WEEK / 15).take_while(|more| is_set(week, first + more)).count();
        let at = (first * 15 + ahead).rem_euclid(WEEK);
        let from = at % DAY;
        let last = i32::try_from(many.saturating_sub(1)).unwrap_or(0) * 15;
        found.push(Window { weekday: at / DAY + 1, from, to: from + last + minutes });
    }
    found
}
