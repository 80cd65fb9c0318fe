//! Whole rows of a program, as JSON: how the archive file holds them.

/// `read` and `write` of a slice's tables, each with what its rows are ordered by (`t` is the row). A table with a
/// column that the database makes itself names all `only` the others.
#[macro_export]
macro_rules! rows_of {
    ($($table:tt by $key:tt $(only $columns:tt)?),+ $(,)?) => {
        use $crate::base::{error::Result, ids::ProgramId};

        /// The rows of a program, by the names of their tables. The program itself is left out of them.
        ///
        /// # Errors
        /// When the database does not answer.
        pub async fn read(
            db: &mut sqlx::PgConnection,
            program_id: ProgramId,
        ) -> Result<Vec<(&'static str, serde_json::Value)>> {
            Ok(vec![$((
                $table,
                sqlx::query_scalar!(
                    "select coalesce(jsonb_agg(to_jsonb(t) - 'program_id' order by " + $key + "), '[]') as \"rows!\"
                     from " + $table + " t where t.program_id = $1",
                    program_id as ProgramId
                )
                .fetch_one(&mut *db)
                .await?,
            )),+])
        }

        /// Adds rows that name their program; `false` when the table is another slice's.
        ///
        /// # Errors
        /// When the database does not answer or refuses a row.
        pub async fn write(db: &mut sqlx::PgConnection, table: &str, rows: &serde_json::Value) -> Result<bool> {
            match table {
                $($table => $crate::rows_of!(@write db, rows, $table $(, $columns)?),)+
                _ => return Ok(false),
            }
            Ok(true)
        }
    };
    (@write $db:ident, $rows:ident, $table:tt) => {{
        sqlx::query!(
            "insert into " + $table + " select new.* from jsonb_populate_recordset(null::" + $table + ", $1) as new",
            $rows
        )
        .execute($db)
        .await?;
    }};
    (@write $db:ident, $rows:ident, $table:tt, $columns:tt) => {{
        sqlx::query!(
            "insert into " + $table + " (" + $columns + ") select " + $columns + "
             from jsonb_populate_recordset(null::" + $table + ", $1) as new",
            $rows
        )
        .execute($db)
        .await?;
    }};
}
