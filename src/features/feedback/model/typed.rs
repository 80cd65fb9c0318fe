//! What forms of feedback send, and what is read from them.
use super::{Feedback, Format, Occasion, Part, Text, Words};
use crate::base::{ids::ElementId, words as said};
use std::collections::BTreeMap;
use time::Date;

/// The most characters of one part.
pub const MOST_OF_A_PART: usize = 2000;

/// The fields of the form as they were sent. The names of the boxes hold the part and the
/// element, as in `keep-<id>`.
#[derive(Debug, Clone, Default)]
pub struct Typed(BTreeMap<String, String>);

impl Typed {
    /// Of several fields of one name, the first holds.
    pub fn of(fields: Vec<(String, String)>) -> Self {
        let mut all = BTreeMap::new();
        for (name, value) in fields {
            all.entry(name).or_insert(value);
        }
        Self(all)
    }

    /// Words as they would have been typed.
    pub fn of_words(feedback: &Feedback, texts: &[Text]) -> Self {
        let mut typed = Self::default();
        typed.set("format", feedback.format.as_str());
        typed.set("occasion", feedback.occasion.value());
        if feedback.occasion == Occasion::Elsewhere {
            typed.set("happened_on", said::iso_day(feedback.happened_on));
        }
        typed.set("not_agreed", feedback.not_agreed.clone());
        for text in texts {
            for (part, words) in text.words.parts() {
                typed.set(box_name(part, text.element_id), words);
            }
        }
        typed
    }

    /// The value of a field, empty if it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.insert(name.into(), value.into());
    }

    /// The format chosen, situation–behaviour–impact as long as none is.
    pub fn format(&self) -> Format {
        Format::parse(self.get("format")).unwrap_or(Format::Sbi)
    }

    /// The boxes that hold something: which part, of which element, and what.
    pub fn boxes(&self) -> impl Iterator<Item = (Part, ElementId, &str)> {
        self.0.iter().filter(|(_, text)| !text.trim().is_empty()).filter_map(|(name, text)| {
            let (part, element) = name.split_once('-')?;
            Some((Part::parse(part)?, ElementId::parse(element)?, text.as_str()))
        })
    }
}

/// The name of the box for one part of one element.
pub fn box_name(part: Part, element: ElementId) -> String {
    format!("{}-{element}", part.as_str())
}

/// A draft that holds.
#[derive(Debug)]
pub struct Draft {
    pub format: Format,
    pub occasion: Occasion,
    pub happened_on: Date,
    pub not_agreed: String,
    /// Only elements with words.
    pub texts: Vec<(ElementId, Words)>,
}
