//! What the templates need, ready to show.
use super::{
    model::{Hindrance, Section},
    service::Place,
};
use crate::base::{local_time, words};
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use serde_json::Value;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// One row of a section: labels with what stands there, without what is empty.
pub(super) struct Entry {
    pub(super) lines: Vec<(String, Vec<String>)>,
}

pub(super) struct Part {
    pub(super) key: &'static str,
    pub(super) title: &'static str,
    pub(super) entries: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "own_data/data.html")]
pub(super) struct DataPage {
    pub(super) shell: Shell,
    pub(super) parts: Vec<Part>,
    /// Titles of sections without a row.
    pub(super) nothing: String,
    /// Where something can be taken back: the path of a program and its name.
    pub(super) places: Vec<(String, String)>,
}

/// The programs in which something can be taken back, as the page links to them.
pub(super) fn places(all: Vec<Place>) -> Vec<(String, String)> {
    all.into_iter().map(|place| (format!("/programs/{}", place.program_id), place.name)).collect()
}

/// The sections as the page shows them, times in the person's zone, and the titles of those
/// that hold nothing.
pub(super) fn parts(sections: Vec<Section>, zone: &str) -> (Vec<Part>, String) {
    let (full, none): (Vec<_>, Vec<_>) = sections.into_iter().partition(|section| !section.rows.is_empty());
    let parts = full.into_iter().map(|section| Part {
        key: section.key,
        title: section.title,
        entries: section.rows.iter().map(|row| entry(row, zone)).collect(),
    });
    let titles: Vec<String> = none.iter().map(|section| section.title.to_lowercase()).collect();
    (parts.collect(), words::list(&titles))
}

fn entry(row: &Value, zone: &str) -> Entry {
    let fields = row.as_object().into_iter().flatten();
    Entry {
        lines: fields
            .map(|(key, value)| (label(key), lines(value, zone)))
            .filter(|(_, lines)| lines.iter().any(|line| !line.is_empty()))
            .collect(),
    }
}

fn label(key: &str) -> String {
    words::capital(&key.replace('_', " "))
}

fn lines(value: &Value, zone: &str) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Bool(yes) => vec![if *yes { "Yes" } else { "No" }.to_owned()],
        Value::Number(number) => vec![number.to_string()],
        Value::String(text) => text_lines(text, zone),
        Value::Array(values) => values.iter().flat_map(|value| lines(value, zone)).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(key, value)| format!("{}: {}", label(key), lines(value, zone).join(" "))).collect()
        }
    }
}

fn text_lines(text: &str, zone: &str) -> Vec<String> {
    if let Ok(at) = OffsetDateTime::parse(text, &Rfc3339) {
        let local = local_time::to_local(zone, at);
        return vec![format!("{} {}", words::day_and_year(local.date()), words::clock_time(local.time()))];
    }
    match local_time::parse_date(text) {
        Some(date) if text.len() == 10 => vec![words::day_and_year(date)],
        _ => text.lines().map(str::to_owned).collect(),
    }
}

#[derive(Template)]
#[template(path = "own_data/erase.html")]
pub(super) struct ErasePage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    /// Where the form goes.
    pub(super) action: String,
    /// Where to go instead.
    pub(super) back: &'static str,
    /// The person when a site admin erases them; nothing for one's own account.
    pub(super) other: Option<String>,
    pub(super) email: String,
    pub(super) typed: String,
    pub(super) hindrances: Vec<Hindrance>,
    pub(super) goes: Vec<String>,
    pub(super) stays: Vec<String>,
}
