//! What forms of feedback send, and what is read from them.
use super::{Format, Occasion, Part, Words};
use crate::base::ids::ElementId;
use serde_json::{Map, Value};
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

    /// What a draft keeps: all that belongs to it, as typed.
    pub fn to_value(&self) -> Value {
        const OWN: [&str; 4] = ["occasion", "happened_on", "format", "not_agreed"];
        let kept = self
            .0
            .iter()
            .filter(|(name, text)| !text.is_empty() && (OWN.contains(&name.as_str()) || read_box(name).is_some()));
        // PostgreSQL keeps no NUL.
        kept.map(|(name, text)| (name.clone(), Value::from(text.replace('\0', "")))).collect::<Map<_, _>>().into()
    }

    /// What was kept.
    pub fn of_value(kept: &Value) -> Self {
        let fields = kept.as_object().into_iter().flatten();
        Self(fields.filter_map(|(name, text)| Some((name.clone(), text.as_str()?.to_owned()))).collect())
    }

    /// The boxes that hold something: which part, of which element, and what.
    pub fn boxes(&self) -> impl Iterator<Item = (Part, ElementId, &str)> {
        self.0.iter().filter(|(_, text)| !text.trim().is_empty()).filter_map(|(name, text)| {
            let (part, element) = read_box(name)?;
            Some((part, element, text.as_str()))
        })
    }
}

fn read_box(name: &str) -> Option<(Part, ElementId)> {
    let (part, element) = name.split_once('-')?;
    Some((Part::parse(part)?, ElementId::parse(element)?))
}

/// The name of the box for one part of one element.
pub fn box_name(part: Part, element: ElementId) -> String {
    format!("{}-{element}", part.as_str())
}

/// A draft that could be shared.
#[derive(Debug)]
pub struct Draft {
    pub format: Format,
    pub occasion: Occasion,
    pub happened_on: Date,
    pub not_agreed: String,
    /// Only elements with words.
    pub texts: Vec<(ElementId, Words)>,
}
