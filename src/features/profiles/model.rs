//! Who reads which field of a profile, and the week as it is typed. No database, no HTML.
use crate::base::{ids::ParticipationId, local_time, words};
use crate::web::form::Errors;
use std::collections::HashMap;
use time::Time;

/// Who opens somebody's profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The person it is about.
    Oneself,
    Coordinator,
    /// An open member of the same group.
    Group,
}

/// A part of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Wants,
    Offers,
    Themes,
    Title,
    Department,
    Site,
    Availability,
    NotWith,
}

impl Field {
    pub const ALL: [Self; 8] = [
        Self::Wants,
        Self::Offers,
        Self::Themes,
        Self::Title,
        Self::Department,
        Self::Site,
        Self::Availability,
        Self::NotWith,
    ];

    /// The rule: every page about a profile asks it, and the line under the field is made from it.
    #[must_use]
    pub const fn is_read_by(self, reader: Reader) -> bool {
        match self {
            Self::NotWith => matches!(reader, Reader::Oneself),
            Self::Wants
            | Self::Offers
            | Self::Themes
            | Self::Title
            | Self::Department
            | Self::Site
            | Self::Availability => true,
        }
    }
}

/// Who reads all of these fields: the words in bold, as the peer reads them on their `own` page, and
/// coordinators on somebody else's.
#[must_use]
pub fn readers_of(fields: &[Field], own: bool) -> String {
    let all = |reader: Reader| fields.iter().all(|field| field.is_read_by(reader));
    let mut who = Vec::new();
    if all(Reader::Coordinator) {
        who.push("the coordinators".to_owned());
    }
    if all(Reader::Group) {
        who.push(if own { "your group" } else { "their group" }.to_owned());
    }
    if who.is_empty() {
        if own { "You alone" } else { "They alone" }.to_owned()
    } else {
        words::capital(&words::list(&who))
    }
}

/// The rest of that sentence.
#[must_use]
pub fn readers_line(fields: &[Field]) -> &'static str {
    if fields.contains(&Field::NotWith) {
        "read this list. Coordinators are told only that two people are not to be in one group, never who asked."
    } else if fields.len() > 1 {
        "read these."
    } else {
        "read this."
    }
}

/// A weekday from Monday, 1, to Sunday, 7, and a time in the person's own zone; half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    pub weekday: i32,
    pub starts_at: Time,
    pub ends_at: Time,
}

/// The days of the week, from Monday.
pub(super) const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// How many slots a day the form has.
pub(super) const A_DAY: usize = 2;

/// Reads the week: fourteen pairs of times as the form sends them, two a day from Monday. What is
/// wrong is noted at the field `from-{number of the pair}`.
pub fn week_from(from: &[String], to: &[String], errors: &mut Errors) -> Vec<Slot> {
    let mut week: Vec<Slot> = Vec::new();
    for place in 0..DAYS.len() * A_DAY {
        let typed = |side: &[String]| side.get(place).map(|text| text.trim().to_owned()).unwrap_or_default();
        let (starts, ends) = (typed(from), typed(to));
        if starts.is_empty() && ends.is_empty() {
            continue;
        }
        let day = DAYS.get(place / A_DAY).copied().unwrap_or_default();
        let weekday = i32::try_from(place / A_DAY + 1).unwrap_or(1);
        let field = format!("from-{place}");
        let (Some(starts_at), Some(ends_at)) = (local_time::parse_time(&starts), local_time::parse_time(&ends)) else {
            errors.add(&field, format!("{day}: enter both times, such as 09:00 and 11:30, or neither"));
            continue;
        };
        if ends_at <= starts_at {
            errors.add(&field, format!("{day}: the second time must come after the first"));
        } else if week.iter().any(|s| s.weekday == weekday && s.starts_at < ends_at && starts_at < s.ends_at) {
            errors.add(&field, format!("{day}: the two times overlap; make them one"));
        } else {
            week.push(Slot { weekday, starts_at, ends_at });
        }
    }
    week.sort_by_key(|slot| (slot.weekday, slot.starts_at));
    week
}

/// "Monday 09:00–11:30 and 14:00–16:00", one line a day.
#[must_use]
pub fn week_words(week: &[Slot]) -> Vec<String> {
    let mut lines = Vec::new();
    for (at, day) in (1..).zip(DAYS) {
        let times: Vec<String> = week
            .iter()
            .filter(|slot| slot.weekday == at)
            .map(|slot| format!("{}–{}", words::clock_time(slot.starts_at), words::clock_time(slot.ends_at)))
            .collect();
        if !times.is_empty() {
            lines.push(format!("{day} {}", words::list(&times)));
        }
    }
    lines
}

/// Two people together who are not to be, by the order of their names: nothing says who asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apart {
    pub one: String,
    pub other: String,
}

impl Apart {
    #[must_use]
    pub fn words(&self) -> String {
        format!("{} and {} are not to be in one group", self.one, self.other)
    }
}

/// Every pair among these people that is to be kept apart, each once. `pairs` may come in any order.
#[must_use]
pub fn together<'a>(
    people: impl Iterator<Item = (ParticipationId, &'a str)>,
    pairs: &[(ParticipationId, ParticipationId)],
) -> Vec<Apart> {
    let names: HashMap<ParticipationId, &str> = people.collect();
    let mut found: Vec<Apart> = pairs
        .iter()
        .filter_map(|(one, other)| {
            let (one, other) = (*names.get(one)?, *names.get(other)?);
            Some(Apart { one: one.min(other).to_owned(), other: one.max(other).to_owned() })
        })
        .collect();
    found.sort_by(|a, b| (&a.one, &a.other).cmp(&(&b.one, &b.other)));
    found.dedup();
    found
}
