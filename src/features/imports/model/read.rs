//! Reads a list: bytes of a file or a paste, to lines. Nothing that is sent makes it fail; at
//! worst it says what it could not read.
use super::{Entered, Line, List, Refusal, Refused};
use crate::base::{
    local_time,
    text::{self, TextProblem},
};
use crate::features::programs::{domain_words, may_ask_at};
use csv::{ReaderBuilder, StringRecord, Trim};
use std::collections::{HashMap, HashSet};

/// More lines than this come in two lists.
pub const MOST_LINES: usize = 5_000;
const LONGEST: usize = 120;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Column {
    Name,
    Email,
    Title,
    Department,
    Site,
    TimeZone,
    SupervisorName,
    SupervisorEmail,
}

impl Column {
    /// A heading, whatever its case, spaces, hyphens and apostrophes.
    fn of(heading: &str) -> Option<Self> {
        let key: String = heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        Some(match key.as_str() {
            "name" | "fullname" | "person" | "displayname" => Self::Name,
            "email" | "mail" | "emailaddress" | "mailaddress" | "address" => Self::Email,
            "title" | "jobtitle" | "position" | "role" => Self::Title,
            "department" | "dept" | "unit" => Self::Department,
            "site" | "location" | "campus" | "branch" => Self::Site,
            "timezone" | "zone" | "tz" => Self::TimeZone,
            "supervisor" | "supervisorname" | "supervisorsname" | "manager" | "managername" | "managersname" => {
                Self::SupervisorName
            }
            "supervisoremail"
            | "supervisorsemail"
            | "supervisoremailaddress"
            | "supervisorsemailaddress"
            | "supervisormail"
            | "manageremail"
            | "managersemail" => Self::SupervisorEmail,
            _ => return None,
        })
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Title => "title",
            Self::Department => "department",
            Self::Site => "site",
            Self::TimeZone => "time zone",
            Self::SupervisorName => "supervisor’s name",
            Self::SupervisorEmail => "supervisor’s email",
        }
    }

    /// Without headings, cells mean these.
    const USUAL: [Self; 4] = [Self::Name, Self::Email, Self::SupervisorName, Self::SupervisorEmail];
}

/// UTF-8 and UTF-16 by their mark, else UTF-8 where it is that, else Windows-1252, which
/// spreadsheet programs write when nobody asks.
fn decode(bytes: &[u8]) -> String {
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0.into_owned(),
        None => std::str::from_utf8(bytes)
            .map_or_else(|_| encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(), str::to_owned),
    };
    if text.contains('\n') { text } else { text.replace('\r', "\n") }
}

/// What parts the cells, seen from the first line that holds anything: a tab or a semicolon
/// outside quotes, else a comma.
fn delimiter(text: &str) -> u8 {
    let mut quoted = false;
    let (mut tab, mut semicolon) = (false, false);
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            b'\t' if !quoted => tab = true,
            b';' if !quoted => semicolon = true,
            _ => {}
        }
    }
    if tab {
        b'\t'
    } else if semicolon {
        b';'
    } else {
        b','
    }
}

/// Reads a list; supervisors are named at one of `domains`, if there are any.
///
/// # Errors
/// When there is nothing in it, or too much, in words for the field.
pub fn read(bytes: &[u8], domains: &[String]) -> Result<List, String> {
    let text = decode(bytes);
    let delimiter = delimiter(&text);
    if let Some(line) = never_closed(&text, delimiter) {
        return Err(format!("The quote opened on line {line} is never closed. Close it, or take it out"));
    }
    let mut records = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let mut list = List { lines: Vec::new(), refused: Refused::default(), ignored: Vec::new() };
    let mut columns: Vec<Option<Column>> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut unlike_a_line = None;
    let mut record = StringRecord::new();
    while records.read_record(&mut record).unwrap_or(false) {
        if record.iter().all(str::is_empty) {
            continue;
        }
        if columns.is_empty() {
            if is_heading(&record) {
                columns = headings(&record, &mut list);
                continue;
            }
            if !record.iter().any(|cell| cell.contains('@')) {
                if record.iter().any(|cell| Column::of(cell).is_some()) {
                    return Err(no_addresses(&record));
                }
                unlike_a_line = Some(record.clone());
            }
            columns = Column::USUAL.into_iter().map(Some).collect();
            list.refused.header = Column::USUAL.iter().map(|column| column.words().to_owned()).collect();
        }
        let line = read_line(&columns, &record, line_of(&text, &record)).and_then(|line| asked_at(domains, line));
        take(&mut list, &mut seen, line, &record, line_of(&text, &record));
        if list.lines.len() + list.refused.rows.len() > MOST_LINES {
            return Err(format!("Send at most {MOST_LINES} lines at a time; this list has more"));
        }
    }
    // Headings that we do not know: else each line would be told that it lacks an address.
    if let Some(first) = unlike_a_line.filter(|_| list.lines.is_empty() && list.refused.rows.len() > 1) {
        return Err(no_addresses(&first));
    }
    if list.lines.is_empty() && list.refused.rows.is_empty() {
        return Err("Paste at least one line with a name and an email, or choose a file".to_owned());
    }
    Ok(list)
}

fn no_addresses(first: &StringRecord) -> String {
    let cells: Vec<&str> = first.iter().collect();
    format!(
        "No column with email addresses was found; the first line reads: {}; expected one of Email, E-mail, Mail, \
         Email address or Address",
        shown(&one_line(&cells.join(", ")))
    )
}

/// The line of a quote that opens a cell and has no end, as the reader understands quotes.
fn never_closed(text: &str, delimiter: u8) -> Option<usize> {
    let (mut line, mut opened) = (1, None);
    let mut begins = true;
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        line += usize::from(byte == b'\n');
        match byte {
            b'"' if opened.is_some() => {
                // Two of them are one that belongs to the cell.
                if bytes.next_if_eq(&b'"').is_none() {
                    opened = None;
                }
                begins = false;
            }
            b'"' if begins => opened = Some(line),
            _ => begins = opened.is_none() && (byte == delimiter || byte == b'\n' || byte == b'\r'),
        }
    }
    opened
}

/// Where a record stands. The reader counts from the end of the one before, empty lines included.
fn line_of(text: &str, record: &StringRecord) -> usize {
    let Some(at) = record.position() else { return 0 };
    let start = usize::try_from(at.byte()).unwrap_or_default();
    let empty = text.as_bytes().get(start..).unwrap_or_default().iter().take_while(|b| matches!(b, b'\n' | b'\r'));
    usize::try_from(at.line()).unwrap_or_default() + empty.filter(|b| **b == b'\n').count()
}

fn is_heading(record: &StringRecord) -> bool {
    !record.iter().any(|cell| cell.contains('@')) && record.iter().any(|cell| Column::of(cell) == Some(Column::Email))
}

/// What each cell means; a second column of the same name, and one we do not know, mean nothing.
fn headings(record: &StringRecord, list: &mut List) -> Vec<Option<Column>> {
    let mut known = HashSet::new();
    let mut columns = Vec::new();
    for heading in record {
        let column = Column::of(heading).filter(|column| known.insert(*column));
        if column.is_none() && !heading.is_empty() {
            list.ignored.push(shown(heading));
        }
        list.refused.header.push(kept(heading));
        columns.push(column);
    }
    columns
}

fn take(
    list: &mut List,
    seen: &mut HashMap<String, usize>,
    line: Result<Line, Wrong>,
    record: &StringRecord,
    number: usize,
) {
    let read = line.and_then(|line| {
        let folded = text::fold_email(&line.email);
        if let Some(earlier) = seen.get(&folded) {
            let advice = format!("“{}” stands in line {earlier} already. Keep one of the two", line.email);
            return Err((Column::Email.words(), line.email, advice));
        }
        seen.insert(folded, number);
        Ok(line)
    });
    match read {
        Ok(line) => list.lines.push(line),
        Err((column, found, advice)) => list.refused.rows.push(Refusal {
            line: number,
            column: column.to_owned(),
            found: shown(&found),
            advice,
            cells: record.iter().map(kept).collect(),
        }),
    }
}

/// The column, what stands there, and what to do.
type Wrong = (&'static str, String, String);

fn read_line(columns: &[Option<Column>], record: &StringRecord, line: usize) -> Result<Line, Wrong> {
    if let Some(extra) = record.iter().skip(columns.len()).find(|cell| !cell.is_empty()) {
        let advice = format!("there are more than {} cells. Put words with a separator in quotes", columns.len());
        return Err(("end of the line", extra.to_owned(), advice));
    }
    let cell = |wanted: Column| {
        let at = columns.iter().position(|column| *column == Some(wanted));
        at.and_then(|at| record.get(at)).map(one_line).unwrap_or_default()
    };
    let name = required(Column::Name, &cell(Column::Name))?;
    let email = address(Column::Email, &cell(Column::Email))?;
    let optional = |column: Column| Ok(Some(short(column, &cell(column))?).filter(|text| !text.is_empty()));
    let time_zone = optional(Column::TimeZone)?;
    if let Some(zone) = time_zone.as_ref().filter(|zone| !local_time::zone_exists(zone)) {
        let advice = format!("“{}” is no time zone. Write it as Europe/Paris, or leave it empty", shown(zone));
        return Err((Column::TimeZone.words(), zone.clone(), advice));
    }
    let (mut supervisor_name, mut supervisor_email) = (None, None);
    let (their_name, their_email) = (cell(Column::SupervisorName), cell(Column::SupervisorEmail));
    if !their_name.is_empty() || !their_email.is_empty() {
        supervisor_name = Some(required(Column::SupervisorName, &their_name)?);
        let read = address(Column::SupervisorEmail, &their_email)?;
        if text::fold_email(&read) == text::fold_email(&email) {
            let advice = format!("{name} cannot be their own supervisor. Write the supervisor’s address");
            return Err((Column::SupervisorEmail.words(), read, advice));
        }
        supervisor_email = Some(read);
    }
    let entered = Entered {
        name,
        title: optional(Column::Title)?,
        department: optional(Column::Department)?,
        site: optional(Column::Site)?,
        time_zone,
        supervisor_name,
        supervisor_email,
    };
    Ok(Line { line, email, entered })
}

/// What a line says in a column.
fn said(line: &Line, column: Column) -> String {
    let entered = &line.entered;
    match column {
        Column::Name => Some(&entered.name),
        Column::Email => Some(&line.email),
        Column::Title => entered.title.as_ref(),
        Column::Department => entered.department.as_ref(),
        Column::Site => entered.site.as_ref(),
        Column::TimeZone => entered.time_zone.as_ref(),
        Column::SupervisorName => entered.supervisor_name.as_ref(),
        Column::SupervisorEmail => entered.supervisor_email.as_ref(),
    }
    .cloned()
    .unwrap_or_default()
}

/// The list again, with the lines refused whose supervisor may not be asked at their address: what was
/// read before the program chose `domains`.
#[must_use]
pub(crate) fn asked_only_at(domains: &[String], list: List) -> List {
    let mut checked = List { lines: Vec::new(), ..list };
    for line in list.lines {
        let cells = checked.refused.header.iter();
        let cells = cells.map(|heading| Column::of(heading).map_or_else(String::new, |column| said(&line, column)));
        let (number, cells) = (line.line, cells.collect());
        match asked_at(domains, line) {
            Ok(line) => checked.lines.push(line),
            Err((column, found, advice)) => checked.refused.rows.push(Refusal {
                line: number,
                column: column.to_owned(),
                found: shown(&found),
                advice,
                cells,
            }),
        }
    }
    checked.refused.rows.sort_by_key(|row| row.line);
    checked
}

/// The same line, if its supervisor may be asked at their address.
fn asked_at(domains: &[String], line: Line) -> Result<Line, Wrong> {
    match &line.entered.supervisor_email {
        Some(email) if !may_ask_at(domains, email) => {
            let advice = format!(
                "this program asks supervisors at {} only. Correct the address, or leave the supervisor empty",
                domain_words(domains)
            );
            Err((Column::SupervisorEmail.words(), email.clone(), advice))
        }
        _ => Ok(line),
    }
}

fn short(column: Column, raw: &str) -> Result<String, Wrong> {
    text::line(raw, LONGEST).map_err(|problem| {
        let advice = match problem {
            TextProblem::TooLong { max } => format!("it has more than {max} characters. Shorten it"),
            TextProblem::Missing | TextProblem::Unprintable => {
                "it has characters that cannot be seen or printed. Remove them".to_owned()
            }
        };
        (column.words(), raw.to_owned(), advice)
    })
}

fn required(column: Column, raw: &str) -> Result<String, Wrong> {
    let read = short(column, raw)?;
    if read.is_empty() {
        return Err((column.words(), String::new(), "it is missing. Write it".to_owned()));
    }
    Ok(read)
}

fn address(column: Column, raw: &str) -> Result<String, Wrong> {
    if raw.trim().is_empty() {
        return Err((column.words(), String::new(), "it is missing. Write it".to_owned()));
    }
    text::email(raw).ok_or_else(|| {
        let advice = format!("“{}” is no email address. Correct it", shown(raw));
        (column.words(), raw.to_owned(), advice)
    })
}

/// A cell on one line: breaks inside quotes become spaces.
fn one_line(cell: &str) -> String {
    if cell.contains(['\r', '\n']) { cell.split_whitespace().collect::<Vec<_>>().join(" ") } else { cell.to_owned() }
}

/// The same, as it can be stored: the database takes no NUL.
fn kept(cell: &str) -> String {
    one_line(cell).replace('\0', "\u{fffd}")
}

fn shown(cell: &str) -> String {
    cell.chars().filter(|c| !c.is_control()).take(60).collect()
}
