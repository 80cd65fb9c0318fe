//! The document itself.
use super::LoadError;
use crate::base::ids::ProgramId;
use crate::features::accounts::rows::Person;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub(super) const FORMAT: &str = "see-also-program";
pub(super) const VERSION: u32 = 2;

/// Program tables that no file holds, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    ("history", "acts on this installation, by whom"),
    ("outbox", "emails that wait or were sent here"),
    ("link_secrets", "links lead to this installation"),
    ("imports", "lists that were read in here"),
    ("import_entries", "lists that were read in here"),
    ("help_asks", "sent by email, and kept for a month for who wrote it"),
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

/// What is read before all else, so that a newer file is called newer and not broken.
#[derive(Deserialize)]
struct Header {
    format: String,
    version: u32,
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
    /// [`LoadError::Unreadable`]: it is no such file, or one of another version.
    pub fn read(text: &str) -> Result<Self, LoadError> {
        let unreadable = |error: serde_json::Error| LoadError::Unreadable(error.to_string());
        let Header { format, version } = serde_json::from_str(text).map_err(unreadable)?;
        if (format.as_str(), version) != (FORMAT, VERSION) {
            let known = format!("known here is “{FORMAT}”, version {VERSION}");
            return Err(LoadError::Unreadable(format!("its format is “{format}”, version {version}; {known}")));
        }
        serde_json::from_str(text).map_err(unreadable)
    }

    /// The program that it holds.
    ///
    /// # Errors
    /// [`LoadError::Unreadable`]: its row has none.
    pub fn program_id(&self) -> Result<ProgramId, LoadError> {
        let id = self.program.get("id").and_then(Value::as_str).and_then(ProgramId::parse);
        id.ok_or_else(|| LoadError::Unreadable("the program has no id".to_owned()))
    }

    /// The rows of a table; none where it is not in the file.
    pub fn rows(&self, table: &str) -> impl Iterator<Item = &Map<String, Value>> {
        self.tables.get(table).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
    }

    /// Every row with its table: the program's own, then those of the tables.
    pub(super) fn rows_mut(&mut self) -> impl Iterator<Item = (&str, &mut Map<String, Value>)> {
        let of_tables = self.tables.iter_mut().flat_map(|(table, rows)| {
            let rows = rows.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut);
            rows.map(|row| (table.as_str(), row))
        });
        std::iter::once(("programs", &mut self.program)).chain(of_tables)
    }

    /// As `see-also export` prints it.
    ///
    /// # Errors
    /// Never, for rows that a database gave.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }
}
