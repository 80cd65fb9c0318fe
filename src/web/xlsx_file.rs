//! A table as a workbook of one sheet, for spreadsheet programs; written by `rust_xlsxwriter`.
use super::{cells::Cell, csv_file::file_name};
use crate::base::error::{AppError, Result};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use rust_xlsxwriter::{Format, Workbook, Worksheet};

const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Rows being written. A text is always a text there, never a formula, whatever it begins with.
pub struct XlsxFile {
    sheet: Worksheet,
    rows: u32,
}

impl XlsxFile {
    /// A workbook whose sheet has this name and these headings, each with the width of its column in characters.
    ///
    /// # Errors
    /// When the name cannot be a sheet's.
    pub fn with(title: &str, headings: &[(&str, u32)]) -> Result<Self> {
        let mut sheet = Worksheet::new();
        sheet.set_name(title).map_err(AppError::internal)?;
        let bold = Format::new().set_bold();
        for (column, (heading, width)) in (0..).zip(headings) {
            sheet.set_column_width(column, *width).map_err(AppError::internal)?;
            sheet.write_string_with_format(0, column, *heading, &bold).map_err(AppError::internal)?;
        }
        sheet.set_freeze_panes(1, 0).map_err(AppError::internal)?;
        Ok(Self { sheet, rows: 1 })
    }

    /// One more row.
    ///
    /// # Errors
    /// When a text is longer than a cell can be, or there are more rows than a sheet can have.
    pub fn row(&mut self, cells: &[Cell]) -> Result<()> {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text(text) => self.sheet.write_string(self.rows, column, text).map(|_| ()),
                Cell::Number(number) => self.sheet.write_number(self.rows, column, *number).map(|_| ()),
                Cell::Empty => Ok(()),
            }
            .map_err(AppError::internal)?;
        }
        self.rows += 1;
        Ok(())
    }

    /// The file, to be saved under a name without its ending.
    ///
    /// # Errors
    /// When it would be larger than such a file can be.
    pub fn download(self, name: &str) -> Result<Response> {
        let mut workbook = Workbook::new();
        workbook.push_worksheet(self.sheet);
        let bytes = workbook.save_to_buffer().map_err(AppError::internal)?;
        let disposition = format!("attachment; filename=\"{}.xlsx\"", file_name(name));
        let kind = KIND.to_owned();
        Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response())
    }
}
