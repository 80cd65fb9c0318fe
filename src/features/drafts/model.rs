//! What was typed, and what must hold before it can be shared.
use crate::base::{
    ids::{ElementId, ParticipationId},
    words,
};
use crate::features::feedback::{Draft, Item, MOST_OF_A_PART, Occasion, Typed, Words, box_name};
use crate::web::form::Errors;
use time::{Date, Duration};

/// An element retired this long ago can still be written about, as of a day before.
pub(super) const RETIRED_FOR: Duration = Duration::days(30);

/// A half-open time in a group: from the first day to the day of leaving, which no longer counts.
#[derive(Debug, Clone, Copy)]
pub struct Membership {
    pub participation_id: ParticipationId,
    pub joined_on: Date,
    pub left_on: Option<Date>,
}

/// Whether two people both belonged to the group on that day.
#[must_use]
pub fn were_together(memberships: &[Membership], one: ParticipationId, other: ParticipationId, day: Date) -> bool {
    let belonged = |who: ParticipationId| {
        memberships.iter().any(|part| {
            part.participation_id == who && part.joined_on <= day && part.left_on.is_none_or(|left| day < left)
        })
    };
    belonged(one) && belonged(other)
}

/// An element of the receiver's, with the days between which feedback may be about it.
#[derive(Debug, Clone)]
pub struct Element {
    pub id: ElementId,
    pub title: String,
    pub agreed_on: Date,
    pub retired_on: Option<Date>,
}

impl Element {
    /// Whether it was agreed by that day and not retired before it.
    #[must_use]
    pub fn held_on(&self, day: Date) -> bool {
        self.agreed_on <= day && self.retired_on.is_none_or(|retired| day <= retired)
    }
}

/// A held meeting or a trip that took place.
#[derive(Debug, Clone)]
pub struct Happened {
    pub occasion: Occasion,
    pub label: String,
    pub on: Date,
}

/// What is known about the two and their group when the giver writes.
#[derive(Debug, Clone)]
pub struct Between {
    pub giver: ParticipationId,
    pub receiver: ParticipationId,
    /// What the pages call the receiver: "you", where the receiver writes down what was said.
    pub receiver_first: String,
    /// What the pages call the one of the two who does not write.
    pub other_first: String,
    /// IANA name of the zone that one lives by.
    pub other_zone: String,
    pub memberships: Vec<Membership>,
    pub elements: Vec<Element>,
    /// What the receiver wants left alone.
    pub off_limits: Vec<String>,
    pub occasions: Vec<Happened>,
    pub today: Date,
}

/// Reads a draft that its writer wants to share.
///
/// # Errors
/// With a message at each field that needs another look.
pub fn read(typed: &Typed, between: &Between) -> Result<Draft, Errors> {
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
    if errors.is_empty() && texts.is_empty() {
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
pub fn check_day(between: &Between, day: Date) -> Result<(), String> {
    if day > between.today {
        return Err("This day is yet to come. Enter a day up to today".to_owned());
    }
    if !were_together(&between.memberships, between.giver, between.receiver, day) {
        let other = &between.other_first;
        return Err(format!("You and {other} were not both in this group on {}", words::day_and_year(day)));
    }
    Ok(())
}

/// Each element is the receiver's, was agreed by that day, and not retired before it.
///
/// # Errors
/// With the words for the field.
pub fn check_element(element: &Element, day: Date) -> Result<(), String> {
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

/// A draft as it would have been typed.
#[must_use]
pub fn typed_of(item: &Item) -> Typed {
    let mut typed = Typed::default();
    typed.set("format", item.feedback.format.as_str());
    typed.set("occasion", item.feedback.occasion.value());
    if let (Occasion::Elsewhere, Some(day)) = (item.feedback.occasion, item.feedback.happened_on) {
        typed.set("happened_on", words::iso_day(day));
    }
    typed.set("not_agreed", item.feedback.not_agreed.clone());
    for text in &item.texts {
        for (part, words) in text.words.parts() {
            typed.set(box_name(part, text.element_id), words);
        }
    }
    typed
}
