//! A file whose dates are others: how the demo program is always seen on the same of its days.
use super::{File, queries::Column};
use crate::base::local_time;
use serde_json::{Map, Value};
use time::{Duration, OffsetDateTime, PrimitiveDateTime, format_description::well_known::Rfc3339};

/// Moves every date in a file by whole days. Days keep their distance from each other; so do moments, so that what
/// took 72 hours takes 72 hours wherever the clocks are changed; what is agreed by the clock on the wall, a meeting,
/// keeps its time of day. Dates inside a text stay as they were typed.
pub(super) fn move_dates(file: &mut File, by: Duration, columns: &[Column]) {
    for (table, row) in file.rows_mut() {
        let length = wall_minutes(row);
        for column in columns.iter().filter(|column| column.table == table) {
            let Some(Value::String(text)) = row.get_mut(&column.name) else { continue };
            if let Some(moved) = moved(text, &column.holds, by) {
                *text = moved;
            }
        }
        if let Some(length) = length {
            keep_the_wall_time(row, length);
        }
    }
}

fn moved(text: &str, holds: &str, by: Duration) -> Option<String> {
    match holds {
        "date" => Some(local_time::parse_date(text)?.checked_add(by)?.to_string()),
        "timestamp with time zone" => {
            OffsetDateTime::parse(text, &Rfc3339).ok()?.checked_add(by)?.format(&Rfc3339).ok()
        }
        "timestamp without time zone" => wall_text(wall(text)?.checked_add(by)?),
        _ => None,
    }
}

/// How long a row lasts that begins at a wall time; none for any other row.
fn wall_minutes(row: &Map<String, Value>) -> Option<Duration> {
    let at = |column: &str| OffsetDateTime::parse(row.get(column)?.as_str()?, &Rfc3339).ok();
    row.get("starts_local")?;
    Some(at("ends_at")? - at("starts_at")?)
}

/// The instants of a row that begins at a wall time, from that time and its zone.
fn keep_the_wall_time(row: &mut Map<String, Value>, length: Duration) -> Option<()> {
    let zone = row.get("time_zone")?.as_str()?.to_owned();
    let local = wall(row.get("starts_local")?.as_str()?)?;
    let starts_at = local_time::nearest_instant(&zone, local.date(), local.time());
    let mut put = |column: &str, text: String| row.insert(column.to_owned(), Value::String(text));
    put("starts_local", wall_text(local_time::to_local(&zone, starts_at))?);
    put("starts_at", starts_at.format(&Rfc3339).ok()?);
    put("ends_at", (starts_at + length).format(&Rfc3339).ok()?);
    Some(())
}

/// "2026-05-04T12:00:00", as the database writes a wall time in JSON.
fn wall(text: &str) -> Option<PrimitiveDateTime> {
    Some(OffsetDateTime::parse(&format!("{text}Z"), &Rfc3339).ok()?.to_offset(time::UtcOffset::UTC))
        .map(|at| PrimitiveDateTime::new(at.date(), at.time()))
}

fn wall_text(at: PrimitiveDateTime) -> Option<String> {
    Some(at.assume_utc().format(&Rfc3339).ok()?.trim_end_matches('Z').to_owned())
}
