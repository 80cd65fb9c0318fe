//! A draft: what was typed, and what must hold before it is one.
use super::{Element, Format, Membership, Occasion, Part, Words, were_together};
use crate::base::{
    ids::{ElementId, ParticipationId},
    words,
};
use crate::web::form::Errors;
use std::collections::BTreeMap;
use time::Date;

/// The most characters of one part.
pub(crate) const MOST_OF_A_PART: usize = 2000;

/// The fields of the form as they were sent. The names of the boxes hold the part and the
/// element, as in `keep-<id>`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typed(BTreeMap<String, String>);

impl Typed {
    /// Of several fields of one name, the first holds.
    pub(crate) fn of(fields: Vec<(String, String)>) -> Self {
        let mut all = BTreeMap::new();
        for (name, value) in fields {
            all.entry(name).or_insert(value);
        }
        Self(all)
    }

    /// The value of a field, empty if it was not sent.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    pub(crate) fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.insert(name.into(), value.into());
    }

    /// The format chosen, situation–behaviour–impact as long as none is.
    pub(crate) fn format(&self) -> Format {
        Format::parse(self.get("format")).unwrap_or(Format::Sbi)
    }

    /// The boxes that hold something: which part, of which element, and what.
    pub(crate) fn boxes(&self) -> impl Iterator<Item = (Part, ElementId, &str)> {
        self.0.iter().filter(|(_, text)| !text.trim().is_empty()).filter_map(|(name, text)| {
            let (part, element) = name.split_once('-')?;
            Some((Part::parse(part)?, ElementId::parse(element)?, text.as_str()))
        })
    }
}

/// The name of the box for one part of one element.
pub(crate) fn box_name(part: Part, element: ElementId) -> String {
    format!("{}-{element}", part.as_str())
}

/// A held meeting or a trip that took place.
#[derive(Debug, Clone)]
pub(crate) struct Happened {
    pub(crate) occasion: Occasion,
    pub(crate) label: String,
    pub(crate) on: Date,
}

/// What is known about the two and their group when the giver writes.
#[derive(Debug, Clone)]
pub(crate) struct Between {
    pub(crate) giver: ParticipationId,
    pub(crate) receiver: ParticipationId,
    /// What the pages call the receiver.
    pub(crate) receiver_first: String,
    /// IANA name of the zone the receiver lives by.
    pub(crate) receiver_zone: String,
    pub(crate) memberships: Vec<Membership>,
    pub(crate) elements: Vec<Element>,
    /// What the receiver wants left alone.
    pub(crate) off_limits: Vec<String>,
    pub(crate) occasions: Vec<Happened>,
    pub(crate) today: Date,
}

/// A draft that holds.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) format: Format,
    pub(crate) occasion: Occasion,
    pub(crate) happened_on: Date,
    pub(crate) not_agreed: String,
    /// Only elements with words.
    pub(crate) texts: Vec<(ElementId, Words)>,
}

/// Reads a draft. One that is only kept for later may still be empty.
///
/// # Errors
/// With a message at each field that needs another look.
pub(crate) fn read(typed: &Typed, between: &Between, may_be_empty: bool) -> Result<Draft, Errors> {
    let mut errors = Errors::default();
    let when = happened(typed, between, &mut errors);
    if let Some((occasion, day)) = when {
        let field = if occasion == Occasion::Elsewhere { "happened_on" } else { "occasion" };
        if let Err(words) = check_day(between, day) {
            errors.add(field, words);
        }
    }
    let format = typed.format();
    let day = when.map(|(_, day)| day);
    let texts = texts(typed, between, day, &mut errors);
    if errors.is_empty() && texts.is_empty() && !may_be_empty {
        let whose = &between.receiver_first;
        errors.add("elements", format!("Write about at least one of the things {whose} agreed to hear about"));
    }
    let not_agreed = errors.paragraphs("not_agreed", typed.get("not_agreed"), MOST_OF_A_PART);
    match when {
        Some((occasion, happened_on)) if errors.is_empty() => {
            Ok(Draft { format, occasion, happened_on, not_agreed, texts })
        }
        _ => Err(errors),
    }
}

fn happened(typed: &Typed, between: &Between, errors: &mut Errors) -> Option<(Occasion, Date)> {
    let chosen = typed.get("occasion");
    if chosen == Occasion::Elsewhere.value() {
        return Some((
            Occasion::Elsewhere,
            errors.date("happened_on", typed.get("happened_on"), "the day you saw it")?,
        ));
    }
    let found = between.occasions.iter().find(|known| known.occasion.value() == chosen);
    if found.is_none() {
        errors.add("occasion", "Choose where you saw it");
    }
    found.map(|known| (known.occasion, known.on))
}

/// The day is not in the future, and both belonged to the group on it.
///
/// # Errors
/// With the words for the field.
pub(crate) fn check_day(between: &Between, day: Date) -> Result<(), String> {
    if day > between.today {
        return Err("This day is yet to come. Enter a day up to today".to_owned());
    }
    if !were_together(&between.memberships, between.giver, between.receiver, day) {
        let other = &between.receiver_first;
        return Err(format!("You and {other} were not both in this group on {}", words::day_and_year(day)));
    }
    Ok(())
}

/// Each element is the receiver's, was agreed by that day, and not retired before it.
///
/// # Errors
/// With the words for the field.
pub(crate) fn check_element(element: &Element, day: Date) -> Result<(), String> {
    if element.held_on(day) {
        return Ok(());
    }
    Err(match element.retired_on {
        Some(retired) if retired < day => {
            format!("“{}” was retired on {}, before that day", element.title, words::day_and_year(retired))
        }
        _ => format!(
            "“{}” was agreed on {}. Feedback can be about what was seen from that day on",
            element.title,
            words::day_and_year(element.agreed_on)
        ),
    })
}

fn texts(typed: &Typed, between: &Between, day: Option<Date>, errors: &mut Errors) -> Vec<(ElementId, Words)> {
    let known = |id: ElementId| between.elements.iter().any(|element| element.id == id);
    if typed.boxes().any(|(_, element, _)| !known(element)) {
        let whose = &between.receiver_first;
        errors.add("elements", format!("Write only about what {whose} agreed to hear about"));
    }
    let format = typed.format();
    let mut texts = Vec::new();
    for element in &between.elements {
        let words = Words::from_parts(format, |part| {
            let name = box_name(part, element.id);
            errors.paragraphs(&name, typed.get(&name), MOST_OF_A_PART)
        });
        if words.is_empty() {
            continue;
        }
        if let Some(Err(message)) = day.map(|day| check_element(element, day)) {
            let first = format.parts().first().map(|part| box_name(*part, element.id)).unwrap_or_default();
            errors.add(&first, message);
        }
        texts.push((element.id, words));
    }
    texts
}
