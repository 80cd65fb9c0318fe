//! The document itself.
use crate::features::archive::LoadError;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

pub(super) const FORMAT: &str = "see-also-program";
pub(super) const VERSION: u32 = 2;

/// Program tables that no file holds, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    ("history", "acts on this installation, by whom"),
    ("outbox", "emails that wait or were sent here"),
    ("link_secrets", "links lead to this installation"),
    ("imports", "lists that were read in here"),
    ("import_entries", "lists that were read in here"),
    ("suggestions", "computed anew"),
    ("suggested_seats", "computed anew"),
    ("suggestion_obstacles", "computed anew"),
    ("put_off_warnings", "what is put off on the desk here, for days"),
];

/// Why a program table is in no file; `None`: it is in every one.
#[must_use]
pub fn left_out(table: &str) -> Option<&'static str> {
    LEFT_OUT.iter().find(|(name, _)| *name == table).map(|(_, why)| *why)
}

/// Somebody whom a row names. A file gives nobody a password or a right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    /// IANA name.
    pub time_zone: String,
}

/// One whole program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    pub format: String,
    pub version: u32,
    /// Everyone whom the rows name, by id.
    pub people: Vec<Person>,
    /// The program's own row.
    pub program: Map<String, Value>,
    /// The rows of each table by their keys, without the program's id. Tables without a row are left out.
    pub tables: Map<String, Value>,
}

impl File {
    /// Reads a file's text.
    ///
    /// # Errors
    /// [`LoadError::Unreadable`]
    pub fn read(text: &str) -> Result<Self, LoadError> {
        serde_json::from_str(text).map_err(|error| LoadError::Unreadable(error.to_string()))
    }

    /// As `see-also export` prints it.
    ///
    /// # Errors
    /// Never, for rows that a database gave.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }
}
