//! Reading a file: all of it, or nothing.
use super::{
    File, LoadError, Problem, left_out,
    queries::{self, Column},
};
use crate::base::{
    error::{AppError, Result, broken_constraint},
    ids::{PersonId, ProgramId},
    local_time,
};
use crate::features::{
    accounts::rows::{self as accounts, Given},
    meeting_letters, programs,
};
use crate::web::state::App;
use serde_json::{Map, Value};
use sqlx::{Acquire, PgConnection};
use std::collections::{BTreeSet, HashMap};
use time::OffsetDateTime;

/// Adds a program with all that belongs to it. People are found by their address; who is here already stays as
/// they are. No row of the history comes of it, and no email but the reminders of meetings that are set.
///
/// # Errors
/// [`LoadError`]; nothing is written then.
pub async fn import(app: &App, text: &str) -> Result<ProgramId, LoadError> {
    let file = File::read(text)?;
    let mut db = app.db.begin().await?;
    let id = write(&mut db, file, app.clock.now()).await?;
    db.commit().await?;
    Ok(id)
}

/// Writes a whole file, or says why not: then the transaction has to be rolled back.
///
/// # Errors
/// [`LoadError`]
pub(super) async fn write(db: &mut PgConnection, mut file: File, now: OffsetDateTime) -> Result<ProgramId, LoadError> {
    let id = file.program_id()?;
    if programs::rows::exists(db, id).await? {
        return Err(LoadError::Here);
    }
    complete(&mut file, &queries::columns(db).await?)?;
    zones(&file)?;
    meet_people(db, &mut file, now).await?;
    write_rows(db, file, id).await?;
    let broken = queries::broken(db, id, now).await?;
    if !broken.is_empty() {
        return Err(LoadError::Broken(broken));
    }
    meeting_letters::remind_all(db, id, now).await?;
    Ok(id)
}

fn problem(place: impl Into<String>, reason: impl Into<String>) -> Problem {
    Problem { place: place.into(), reason: reason.into() }
}

/// Refuses tables and columns that are not known here, and fills what an older file lacks.
fn complete(file: &mut File, columns: &[Column]) -> Result<(), LoadError> {
    let mut found = Vec::new();
    let known: BTreeSet<&str> = columns
        .iter()
        .filter(|column| column.name == "program_id" && left_out(&column.table).is_none())
        .map(|column| column.table.as_str())
        .collect();
    fill(&mut file.program, "program", &of_table(columns, "programs"), &mut found);
    for (table, rows) in &mut file.tables {
        if !known.contains(table.as_str()) {
            found.push(problem(table.as_str(), "no such table is known here"));
            continue;
        }
        let Some(rows) = rows.as_array_mut() else {
            found.push(problem(table.as_str(), "its rows are no list"));
            continue;
        };
        let columns: Vec<&Column> =
            of_table(columns, table).into_iter().filter(|column| column.name != "program_id").collect();
        for (at, row) in rows.iter_mut().enumerate() {
            let place = format!("{table}, row {}", at + 1);
            match row.as_object_mut() {
                Some(row) => fill(row, &place, &columns, &mut found),
                None => found.push(problem(place, "it is no row")),
            }
        }
    }
    if found.is_empty() { Ok(()) } else { Err(LoadError::Broken(found)) }
}

/// The tables take any text for the name of a zone; the program lives by zones that there are.
fn zones(file: &File) -> Result<(), LoadError> {
    let people = file.people.iter().map(|person| (format!("people, {}", person.email), person.time_zone.as_str()));
    let rows =
        file.tables.iter().flat_map(|(table, rows)| rows.as_array().into_iter().flatten().map(move |row| (table, row)));
    let rows = rows.filter_map(|(table, row)| Some((table, row.as_object()?)));
    let of_rows = rows.flat_map(|(table, row)| {
        let zones = row.iter().filter(|(column, _)| column.ends_with("time_zone"));
        zones.filter_map(move |(column, zone)| Some((format!("{table}, {column}"), zone.as_str()?)))
    });
    let program = file.program.get("time_zone").and_then(Value::as_str).map(|zone| ("program".to_owned(), zone));
    let found: Vec<Problem> = people
        .chain(of_rows)
        .chain(program)
        .filter(|(_, zone)| !local_time::zone_exists(zone))
        .map(|(place, zone)| problem(place, format!("there is no time zone “{zone}”")))
        .collect();
    if found.is_empty() { Ok(()) } else { Err(LoadError::Broken(found)) }
}

fn of_table<'c>(columns: &'c [Column], table: &str) -> Vec<&'c Column> {
    columns.iter().filter(|column| column.table == table).collect()
}

fn fill(row: &mut Map<String, Value>, place: &str, columns: &[&Column], found: &mut Vec<Problem>) {
    for name in row.keys().filter(|name| !columns.iter().any(|column| column.name == **name)) {
        found.push(problem(place, format!("no column “{name}” is known here")));
    }
    for column in columns {
        if !row.contains_key(&column.name) {
            row.insert(column.name.clone(), column.default.as_deref().map_or(Value::Null, default));
        }
    }
}

/// A default that is written as a constant: `'open'::text`, `0`, `false`. Anything else is nothing.
fn default(sql: &str) -> Value {
    let quoted = sql.strip_prefix('\'').and_then(|rest| rest.rsplit_once('\''));
    match quoted {
        Some((words, _)) => Value::String(words.replace("''", "'")),
        None => serde_json::from_str(sql).unwrap_or(Value::Null),
    }
}

/// Finds or adds everyone, and writes their ids here over those of the file.
async fn meet_people(db: &mut PgConnection, file: &mut File, now: OffsetDateTime) -> Result<(), LoadError> {
    let mut met: HashMap<String, PersonId> = HashMap::new();
    for person in &file.people {
        let here = accounts::meet(db, person, &Given::default(), now).await;
        let here = here.map_err(|error| refused(&format!("people, {}", person.email), error))?;
        met.insert(person.id.to_string(), here);
    }
    let mut found = Vec::new();
    let columns = queries::columns_of_people(db).await?;
    for (table, row) in file.rows_mut() {
        for (_, column) in columns.iter().filter(|(of, _)| of == table) {
            let Some(Value::String(id)) = row.get_mut(column) else { continue };
            if let Some(here) = met.get(id.as_str()) {
                *id = here.to_string();
            } else {
                let reason = format!("there is no person {id} in this file");
                found.push(problem(format!("{table}.{column}"), reason));
            }
        }
    }
    if found.is_empty() { Ok(()) } else { Err(LoadError::Broken(found)) }
}

/// Writes all rows, those first to which others refer.
async fn write_rows(db: &mut PgConnection, file: File, id: ProgramId) -> Result<(), LoadError> {
    let program = Value::Object(file.program);
    queries::write_program(db, &program).await.map_err(|error| refused("program", error))?;
    let references = queries::references(db).await?;
    let mut left: Vec<(String, Value)> = file.tables.into_iter().collect();
    while !left.is_empty() {
        let names: BTreeSet<String> = left.iter().map(|(table, _)| table.clone()).collect();
        let waits = |table: &str| references.iter().any(|(from, to)| from == table && names.contains(to));
        let (later, now): (Vec<_>, Vec<_>) = left.into_iter().partition(|(table, _)| waits(table));
        if now.is_empty() {
            return Err(AppError::internal("tables refer to each other in a circle").into());
        }
        for (table, rows) in now {
            write_table(db, &table, rows, id).await?;
        }
        left = later;
    }
    Ok(())
}

/// One table at once; where a row is refused, once more row by row, to say which.
async fn write_table(db: &mut PgConnection, table: &str, mut rows: Value, id: ProgramId) -> Result<(), LoadError> {
    for row in rows.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
        row.insert("program_id".to_owned(), Value::String(id.to_string()));
    }
    let mut all = db.begin().await.map_err(AppError::from)?;
    let Err(error) = queries::write(&mut all, table, &rows).await else {
        return Ok(all.commit().await.map_err(AppError::from)?);
    };
    all.rollback().await.map_err(AppError::from)?;
    for (at, row) in rows.as_array().into_iter().flatten().enumerate() {
        let mut one = db.begin().await.map_err(AppError::from)?;
        let alone = Value::Array(vec![row.clone()]);
        if let Err(error) = queries::write(&mut one, table, &alone).await {
            let id = row.get("id").and_then(Value::as_str).map(|id| format!(" ({id})")).unwrap_or_default();
            return Err(refused(&format!("{table}, row {}{id}", at + 1), error));
        }
        one.commit().await.map_err(AppError::from)?;
    }
    Err(refused(table, error))
}

/// What the database has against a row, in the words of the constraint; an error that is none stays one.
fn refused(place: &str, error: AppError) -> LoadError {
    if let Some(constraint) = broken_constraint(&error) {
        let reason = format!("it breaks a rule that the tables hold: {}", constraint.replace('_', " "));
        return LoadError::Broken(vec![problem(place, reason)]);
    }
    match error {
        AppError::Internal(why) => LoadError::Broken(vec![problem(place, format!("the database refuses it: {why}"))]),
        other => other.into(),
    }
}
