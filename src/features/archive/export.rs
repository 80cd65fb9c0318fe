//! Writing a file.
use super::{
    file::{FORMAT, File, VERSION},
    queries,
};
use crate::base::{
    error::{AppError, Result},
    ids::{PersonId, ProgramId},
};
use crate::features::accounts::rows::{self as accounts, Person};
use crate::web::state::App;
use serde_json::{Map, Value};
use sqlx::PgConnection;

/// The program that somebody means by an id or a name; `None` when there is none, or more than one of this name.
///
/// # Errors
/// When the database does not answer.
pub async fn find_program(app: &App, named: &str) -> Result<Option<ProgramId>> {
    queries::find_program(&mut *app.db.acquire().await?, named).await
}

/// A whole program as it is at one instant.
///
/// # Errors
/// `NotFound` when there is no such program.
pub async fn export(app: &App, program_id: ProgramId) -> Result<File> {
    let mut db = app.db.begin_with("begin isolation level repeatable read read only").await?;
    let program = queries::program(&mut db, program_id).await?.ok_or(AppError::NotFound)?;
    let Value::Object(program) = program else { return Err(AppError::internal("a row is no object")) };
    let mut tables = Map::new();
    let mut rows = queries::read_all(&mut db, program_id).await?;
    rows.sort_by_key(|(table, _)| *table);
    let made = queries::made_columns(&mut db).await?;
    for (table, mut rows) in rows {
        // What the database makes of other columns it makes again.
        for row in rows.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut) {
            row.retain(|column, _| !made.iter().any(|(of, name)| of == table && name == column));
        }
        if rows.as_array().is_some_and(|rows| !rows.is_empty()) {
            tables.insert(table.to_owned(), rows);
        }
    }
    let people = people(&mut db, &program, &tables).await?;
    db.commit().await?;
    Ok(File { format: FORMAT.to_owned(), version: VERSION, people, program, tables })
}

/// Everyone named in a column that refers to people.
async fn people(
    db: &mut PgConnection,
    program: &Map<String, Value>,
    tables: &Map<String, Value>,
) -> Result<Vec<Person>> {
    let mut named = Vec::new();
    for (table, column) in queries::columns_of_people(db).await? {
        let rows = if table == "programs" {
            std::slice::from_ref(program).iter().collect()
        } else {
            let rows = tables.get(&table).and_then(Value::as_array);
            rows.into_iter().flatten().filter_map(Value::as_object).collect::<Vec<_>>()
        };
        let ids = rows.into_iter().filter_map(|row| row.get(&column)?.as_str());
        named.extend(ids.filter_map(PersonId::parse));
    }
    named.sort_unstable();
    named.dedup();
    accounts::read(db, &named).await
}
