//! A table as a workbook of one sheet, for spreadsheet programs.
//!
//! A workbook is a ZIP archive of a few XML parts. These are written here, not compressed: a library for it came to
//! twelve more packages and a tenth of the whole build, for one sheet of some thirty rows.
use super::{cells::Cell, csv_file::file_name};
use crate::base::error::{AppError, Result};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use std::fmt::Write as _;

const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
const TO_WORKBOOK: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const TO_SHEET: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// Rows being written. A text is always a text there, never a formula, whatever it begins with.
#[derive(Debug)]
pub struct XlsxFile {
    sheet: String,
    /// The sheet's name.
    title: &'static str,
    /// Of each column, in characters.
    widths: Vec<u32>,
    rows: usize,
}

impl XlsxFile {
    /// A workbook with these headings, each with the width of its column in characters.
    #[must_use]
    pub fn with(title: &'static str, headings: &[(&str, u32)]) -> Self {
        let widths = headings.iter().map(|(_, width)| *width).collect();
        let mut file = Self { sheet: String::new(), title, widths, rows: 0 };
        let cells: Vec<Cell> = headings.iter().map(|(heading, _)| Cell::from(*heading)).collect();
        file.row(&cells);
        file
    }

    pub fn row(&mut self, cells: &[Cell]) {
        self.rows += 1;
        let row = self.rows;
        // Writing to a text does not fail.
        let _written = write!(self.sheet, "<row r=\"{row}\">");
        for (column, cell) in ('A'..='Z').zip(cells) {
            let _written = match cell {
                Cell::Text(text) => write!(
                    self.sheet,
                    "<c r=\"{column}{row}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                    escaped(text)
                ),
                Cell::Number(number) => write!(self.sheet, "<c r=\"{column}{row}\"><v>{number}</v></c>"),
                Cell::Empty => Ok(()),
            };
        }
        self.sheet.push_str("</row>");
    }

    /// The file's bytes.
    ///
    /// # Errors
    /// When it would be larger than such an archive can be.
    pub fn bytes(self) -> Result<Vec<u8>> {
        let workbook = format!(
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>\
             <sheet name=\"{}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
            escaped(self.title)
        );
        let mut columns = String::new();
        for (at, width) in (1..).zip(&self.widths) {
            let _written = write!(columns, "<col min=\"{at}\" max=\"{at}\" width=\"{width}\" customWidth=\"1\"/>");
        }
        let sheet = format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cols>{columns}</cols>\
             <sheetData>{}</sheetData></worksheet>",
            self.sheet
        );
        archive(&[
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", TO_WORKBOOK),
            ("xl/workbook.xml", &workbook),
            ("xl/_rels/workbook.xml.rels", TO_SHEET),
            ("xl/worksheets/sheet1.xml", &sheet),
        ])
    }

    /// The file, to be saved under a name without its ending.
    ///
    /// # Errors
    /// As [`Self::bytes`].
    pub fn download(self, name: &str) -> Result<Response> {
        let disposition = format!("attachment; filename=\"{}.xlsx\"", file_name(name));
        let kind = KIND.to_owned();
        Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], self.bytes()?).into_response())
    }
}

/// As XML has it; what XML cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' => escaped.push(c),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// A ZIP archive whose parts are stored as they are, dated 1 January 1980 as the format's first day.
fn archive(parts: &[(&str, &str)]) -> Result<Vec<u8>> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, xml) in parts {
        let content = format!("{XML}{xml}");
        let size = u32::try_from(content.len()).map_err(AppError::internal)?;
        let at = u32::try_from(file.len()).map_err(AppError::internal)?;
        let name_size = u16::try_from(name.len()).map_err(AppError::internal)?;
        // Version 2.0, names in UTF-8, stored, the date, the sum, both sizes, the name's size, nothing extra.
        let mut about: Vec<u8> = vec![20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];
        about.extend(sum_of(content.as_bytes()).to_le_bytes());
        about.extend(size.to_le_bytes());
        about.extend(size.to_le_bytes());
        about.extend(name_size.to_le_bytes());
        about.extend([0, 0]);
        file.extend(b"PK\x03\x04");
        file.extend(&about);
        file.extend(name.as_bytes());
        file.extend(content.as_bytes());
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&about);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let count = u16::try_from(parts.len()).map_err(AppError::internal)?.to_le_bytes();
    let start = u32::try_from(file.len()).map_err(AppError::internal)?.to_le_bytes();
    let size = u32::try_from(directory.len()).map_err(AppError::internal)?.to_le_bytes();
    file.extend(&directory);
    file.extend(b"PK\x05\x06\x00\x00\x00\x00");
    for part in [&count[..], &count, &size, &start, &[0, 0]] {
        file.extend(part);
    }
    Ok(file)
}

/// The CRC-32 that the format asks for.
fn sum_of(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 })
    })
}
