//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "coordinators" by "t.person_id",
    "person_programs" by "t.person_id",
    "themes" by "t.id",
}

/// The program's own row; `None` when there is no such program.
///
/// # Errors
/// When the database does not answer.
pub async fn read_program(db: &mut sqlx::PgConnection, id: ProgramId) -> Result<Option<serde_json::Value>> {
    Ok(sqlx::query_scalar!(r#"select to_jsonb(p) as "row!" from programs p where id = $1"#, id as ProgramId)
        .fetch_optional(db)
        .await?)
}

/// Adds the program's own row.
///
/// # Errors
/// When the database does not answer or refuses it.
pub async fn write_program(db: &mut sqlx::PgConnection, row: &serde_json::Value) -> Result<()> {
    let rows = serde_json::Value::Array(vec![row.clone()]);
    crate::rows_of!(@write db, rows, "programs");
    Ok(())
}

/// Whether a program with this id is here.
///
/// # Errors
/// When the database does not answer.
pub async fn exists(db: &mut sqlx::PgConnection, id: ProgramId) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"select exists (select from programs where id = $1) as "here!""#, id as ProgramId)
        .fetch_one(db)
        .await?)
}
