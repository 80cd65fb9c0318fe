//! What a program changes about the library that ships, as the archive file holds it.
use super::model::EntryKind;
use crate::base::{
    error::Result,
    ids::{LibraryEntryId, ProgramId},
    portable::{Frame, Moment},
};
use serde::Deserialize;
use sqlx::PgConnection;

/// The differences; without them a program has what ships.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Library {
    pub entries: Vec<Entry>,
    pub off: Vec<Off>,
}

/// Something that was added.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub kind: EntryKind,
    #[serde(default)]
    pub work: String,
    pub title: String,
    #[serde(default)]
    pub of_group: bool,
    #[serde(default)]
    pub statement: String,
    #[serde(default)]
    pub measure: String,
    /// One a line.
    #[serde(default)]
    pub elements: String,
    pub added_at: Moment,
}

/// Something that ships and is not offered.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Off {
    pub name: String,
    pub set_at: Moment,
}

/// Adds what differs.
///
/// # Errors
/// When the database does not answer or refuses a value.
pub async fn insert(db: &mut PgConnection, frame: &Frame, library: &Library) -> Result<()> {
    for entry in &library.entries {
        sqlx::query!(
            "insert into library_entries (program_id, id, kind, work, title, of_group, statement, measure, elements,
                added_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            frame.program_id as ProgramId,
            LibraryEntryId::generate() as LibraryEntryId,
            entry.kind as EntryKind,
            entry.work,
            entry.title,
            entry.of_group,
            entry.statement,
            entry.measure,
            entry.elements,
            frame.moment(entry.added_at)
        )
        .execute(&mut *db)
        .await?;
    }
    for off in &library.off {
        sqlx::query!(
            "insert into library_off (program_id, name, set_at) values ($1, $2, $3)",
            frame.program_id as ProgramId,
            off.name,
            frame.moment(off.set_at)
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}
