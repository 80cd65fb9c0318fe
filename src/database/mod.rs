//! The pool, the embedded server, the migrations.
pub mod embedded;
mod rows;

use crate::base::error::{AppError, Result};
use sqlx::{
    Connection, PgConnection, PgPool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::time::Duration;

/// Every migration, in order.
pub static MIGRATIONS: Migrator = sqlx::migrate!();

/// A pool that opens connections as they are needed. No connection is tried out before use:
/// it would double the round trips of a page, and a dead one shows itself at once. The planner is told that reading
/// here and there costs little more than reading on, as on every disk without moving parts and in memory: with its own
/// guess it read whole tables of people for the two hundred of one program. And it plans each statement once for a
/// connection, not at every call: planning the larger ones took twice as long as running them. So no statement may
/// depend on a plan of its own for each value: a bound that may be missing is written `id > coalesce($1, …)`, which an
/// index answers, and not `$1 is null or id > $1`, which it does not.
pub fn pool(options: PgConnectOptions, most: u32) -> PgPool {
    let options = options.options([
        ("statement_timeout", "5s"),
        ("idle_in_transaction_session_timeout", "15s"),
        ("random_page_cost", "1.1"),
        ("plan_cache_mode", "force_generic_plan"),
    ]);
    PgPoolOptions::new()
        .max_connections(most)
        .acquire_timeout(Duration::from_secs(3))
        .test_before_acquire(false)
        .idle_timeout(Duration::from_mins(10))
        .connect_lazy_with(options)
}

/// How to reach our own server; makes its database when it is not there yet.
///
/// # Errors
/// When the server does not answer.
pub async fn own(server: &embedded::Server) -> std::result::Result<PgConnectOptions, sqlx::Error> {
    let options = PgConnectOptions::new_without_pgpass()
        .socket(server.socket_folder())
        .port(server.port())
        .username(server.user());
    let mut db = PgConnection::connect_with(&options.clone().database("postgres")).await?;
    // Two programs may start at once: that one of them finds it made is as good.
    if let Err(error) = sqlx::query("create database see_also").execute(&mut db).await {
        let there = error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code)
            .is_some_and(|code| code == "42P04" || code == "23505");
        if !there {
            return Err(error);
        }
    }
    db.close().await?;
    Ok(options.database("see_also"))
}

/// Brings the schema up to date; replicas that start together wait for each other.
///
/// # Errors
/// With the reason, when a migration fails or was changed after it was applied.
pub async fn migrate(options: PgConnectOptions) -> std::result::Result<(), sqlx::migrate::MigrateError> {
    // A connection of its own: migrations may take longer than a page's statement may.
    let pool =
        PgPoolOptions::new().max_connections(1).acquire_timeout(Duration::from_secs(30)).connect_lazy_with(options);
    let done = MIGRATIONS.run(&pool).await;
    pool.close().await;
    done
}

/// How many of our migrations the database has not had.
///
/// # Errors
/// When the database does not answer.
pub async fn pending_migrations(db: &mut PgConnection) -> Result<usize> {
    let applied: Vec<i64> = sqlx::query_scalar("select version from _sqlx_migrations where success order by version")
        .fetch_all(db)
        .await
        .map_err(AppError::from)?;
    Ok(MIGRATIONS.iter().filter(|ours| !applied.contains(&ours.version)).count())
}

/// Takes the turn to do scheduled work, until the transaction ends; `false` when another process has it.
///
/// # Errors
/// When the database does not answer.
pub async fn try_turn(db: &mut PgConnection) -> Result<bool> {
    Ok(sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock(7262) as "got!""#).fetch_one(db).await?)
}

/// One guarded change of one thing of a group, found by its `Key` (program, group, id: `$1` to `$3`); what follows
/// the statement is `$4` and on. `true` when it found its row.
#[macro_export]
macro_rules! change_one {
    ($db:expr, $key:ident as $id:ty, $sql:tt $(, $($rest:tt)+)?) => {
        Ok(sqlx::query!(
            $sql,
            $key.program as $crate::base::ids::ProgramId,
            $key.group as $crate::base::ids::GroupId,
            $key.id as $id
            $(, $($rest)+)?
        )
        .execute($db)
        .await?
        .rows_affected()
            == 1)
    };
}

/// Statements about what one person has in a program, one after the other: each is given the program (`$1`), the
/// participation (`$2`) and, where one is named, a day (`$3`).
#[macro_export]
macro_rules! each_of_person {
    ($db:expr, $program:expr, $me:expr; $($sql:tt),+ $(,)?) => {
        $(sqlx::query!($sql, $program as $crate::base::ids::ProgramId, $me as $crate::base::ids::ParticipationId)
            .execute(&mut *$db)
            .await?;)+
    };
    ($db:expr, $program:expr, $me:expr, $day:expr; $($sql:tt),+ $(,)?) => {
        $(sqlx::query!($sql, $program as $crate::base::ids::ProgramId, $me as $crate::base::ids::ParticipationId, $day)
            .execute(&mut *$db)
            .await?;)+
    };
}
