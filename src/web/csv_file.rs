//! Tables as files for spreadsheet programs.
use super::cells::Cell;
use crate::base::error::{AppError, Result};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use std::borrow::Cow;

/// A cell that a spreadsheet program takes for text and never for a formula: one that starts
/// like a formula gets an apostrophe before it.
#[must_use]
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// Rows being written: UTF-8 with its mark, commas, CRLF; every cell [`guarded`].
#[derive(Debug)]
pub struct CsvFile(csv::Writer<Vec<u8>>);

impl CsvFile {
    /// A file with these headings.
    ///
    /// # Errors
    /// Never in memory.
    pub fn with(headings: &[&str]) -> Result<Self> {
        let writer = csv::WriterBuilder::new()
            .flexible(true)
            .terminator(csv::Terminator::CRLF)
            .from_writer("\u{feff}".as_bytes().to_vec());
        let mut file = Self(writer);
        file.row(headings)?;
        Ok(file)
    }

    /// # Errors
    /// Never in memory.
    pub fn row<T: AsRef<str>>(&mut self, cells: &[T]) -> Result<()> {
        let cells = cells.iter().map(|cell| guarded(cell.as_ref()).into_owned());
        self.0.write_record(cells).map_err(AppError::internal)
    }

    /// The same with numbers, which are written as they are, a minus included.
    ///
    /// # Errors
    /// Never in memory.
    pub fn cells(&mut self, cells: &[Cell]) -> Result<()> {
        let cells = cells.iter().map(|cell| match cell {
            Cell::Text(text) => guarded(text).into_owned(),
            Cell::Number(number) => number.to_string(),
            Cell::Empty => String::new(),
        });
        self.0.write_record(cells).map_err(AppError::internal)
    }

    /// The file, to be saved under a name without its ending.
    ///
    /// # Errors
    /// Never in memory.
    pub fn download(self, name: &str) -> Result<Response> {
        let bytes = self.0.into_inner().map_err(|error| AppError::internal(error.to_string()))?;
        let disposition = format!("attachment; filename=\"{}.csv\"", file_name(name));
        Ok((
            [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, disposition)],
            bytes,
        )
            .into_response())
    }
}

/// Plain letters, digits and hyphens.
pub(super) fn file_name(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "list".to_owned() } else { parts.join("-") }
}
