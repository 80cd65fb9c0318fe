//! A second wording, and what is read from its form: under the rules of the first, and not the same words again.
use crate::base::{ids::ElementId, words};
use crate::features::{
    drafts::{self, Between, Element, read_draft},
    feedback::{Item, Occasion, Text, Typed, Words},
};
use crate::web::form::Errors;
use time::OffsetDateTime;

/// A second wording as it stands beside the first.
#[derive(Debug)]
pub struct Second {
    pub not_agreed: String,
    pub written_at: OffsetDateTime,
    /// When the receiver answered it.
    pub answered_at: Option<OffsetDateTime>,
    pub texts: Vec<Text>,
}

/// One that holds.
#[derive(Debug)]
pub struct Wording {
    pub not_agreed: String,
    /// Only elements with words.
    pub texts: Vec<(ElementId, Words)>,
}

impl Wording {
    /// Whether it says the same as these texts and this box.
    pub(crate) fn is(&self, texts: &[Text], not_agreed: &str) -> bool {
        let there: Vec<(ElementId, &Words)> = texts.iter().map(|text| (text.element_id, &text.words)).collect();
        self.not_agreed == not_agreed
            && self.texts.len() == there.len()
            && self.texts.iter().all(|(id, words)| there.contains(&(*id, words)))
    }
}

/// The words of an item as they would have been typed: where the second wording begins.
pub(crate) fn first_words(item: &Item) -> Typed {
    drafts::typed_of(item)
}

/// What was typed, in the format and of the day of the first wording, whatever the form says of them.
pub(crate) fn typed_of(item: &Item, fields: Vec<(String, String)>) -> Typed {
    let mut typed = Typed::of(fields);
    typed.set("format", item.feedback.format.as_str());
    typed.set("occasion", Occasion::Elsewhere.value());
    typed.set("happened_on", item.feedback.happened_on.map(words::iso_day).unwrap_or_default());
    typed
}

/// Leaves the elements that held on the day of the item, and those the first wording is about: one of them may
/// have been retired long ago.
pub(crate) fn as_of(mut between: Between, item: &Item) -> Between {
    // Only a draft may not say its day yet, and no draft has a second wording.
    let Some(day) = item.feedback.happened_on else { return between };
    between.elements.retain(|element| element.held_on(day));
    for text in &item.texts {
        if between.elements.iter().all(|element| element.id != text.element_id) {
            between.elements.push(Element {
                id: text.element_id,
                title: text.title.clone(),
                agreed_on: text.agreed_on.unwrap_or(day),
                retired_on: None,
            });
        }
    }
    between
}

/// Reads a second wording. `same`: what is said of one that is the first again.
///
/// # Errors
/// With a message at each field that needs another look.
pub(crate) fn read(typed: &Typed, item: &Item, between: &Between, same: &str) -> Result<Wording, Errors> {
    let draft = read_draft(typed, between)?;
    let wording = Wording { not_agreed: draft.not_agreed, texts: draft.texts };
    if wording.is(&item.texts, &item.feedback.not_agreed) {
        let mut errors = Errors::default();
        errors.add("elements", same);
        return Err(errors);
    }
    Ok(wording)
}
