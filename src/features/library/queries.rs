//! Every statement that writes `library_entries` and `library_off`.
use super::model::{Entry, EntryKind, Library, merged};
use crate::base::{
    error::Result,
    ids::{LibraryEntryId, ProgramId},
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What peers of this program begin from.
///
/// # Errors
/// When the database does not answer.
pub async fn of_program(db: &mut PgConnection, program_id: ProgramId) -> Result<Library> {
    Ok(merged(&off(db, program_id).await?, &entries(db, program_id).await?))
}

/// What ships and is not offered here, by name.
pub(super) async fn off(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar!("select name from library_off where program_id = $1 order by name", program_id as ProgramId)
        .fetch_all(db)
        .await?)
}

/// What was added, in the order it is listed.
pub(super) async fn entries(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<Entry>> {
    Ok(sqlx::query_as!(
        Entry,
        r#"select id as "id: LibraryEntryId", kind as "kind: EntryKind", work, title, of_group, statement, measure, elements
           from library_entries where program_id = $1 order by kind, work, title, id"#,
        program_id as ProgramId
    )
    .fetch_all(db)
    .await?)
}

/// Adds an entry, or gives one that is there these words.
pub(super) async fn put(
    db: &mut PgConnection,
    program_id: ProgramId,
    entry: &Entry,
    now: OffsetDateTime,
) -> Result<()> {
    sqlx::query!(
        "insert into library_entries (program_id, id, kind, work, title, of_group, statement, measure, elements, added_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (program_id, id) do update
         set work = excluded.work, title = excluded.title, of_group = excluded.of_group, statement = excluded.statement,
             measure = excluded.measure, elements = excluded.elements
         where library_entries.kind = excluded.kind",
        program_id as ProgramId,
        entry.id as LibraryEntryId,
        entry.kind as EntryKind,
        entry.work,
        entry.title,
        entry.of_group,
        entry.statement,
        entry.measure,
        entry.elements,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// `false` when the program has no such entry.
pub(super) async fn delete(db: &mut PgConnection, program_id: ProgramId, id: LibraryEntryId) -> Result<bool> {
    let done = sqlx::query!(
        "delete from library_entries where program_id = $1 and id = $2",
        program_id as ProgramId,
        id as LibraryEntryId
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Offers what ships under this name, or not.
pub(super) async fn switch(
    db: &mut PgConnection,
    program_id: ProgramId,
    (name, on): (&str, bool),
    now: OffsetDateTime,
) -> Result<()> {
    if on {
        sqlx::query!("delete from library_off where program_id = $1 and name = $2", program_id as ProgramId, name)
            .execute(db)
            .await?;
    } else {
        sqlx::query!(
            "insert into library_off (program_id, name, set_at) values ($1, $2, $3)
             on conflict (program_id, name) do nothing",
            program_id as ProgramId,
            name,
            now
        )
        .execute(db)
        .await?;
    }
    Ok(())
}

/// Gives a new program the library of another: what was added to it and what is switched off.
///
/// # Errors
/// When the database does not answer.
pub async fn copy(db: &mut PgConnection, from: ProgramId, to: ProgramId, now: OffsetDateTime) -> Result<()> {
    for entry in entries(db, from).await? {
        put(db, to, &Entry { id: LibraryEntryId::generate(), ..entry }, now).await?;
    }
    for name in off(db, from).await? {
        switch(db, to, (&name, false), now).await?;
    }
    Ok(())
}
