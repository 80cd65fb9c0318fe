//! A database per test: one of a few that are kept between runs, leased by an advisory lock
//! and emptied of the rows the last test left.
use see_also::database;
use sqlx::{Connection, Executor, PgConnection, PgPool, Row};
use std::hash::{DefaultHasher, Hash, Hasher};

const KEPT: i32 = 8;

pub struct TestDatabase {
    pub pool: PgPool,
    /// Holds the lease; closing it gives the database to the next test.
    _lease: PgConnection,
}

impl TestDatabase {
    pub async fn lease() -> Self {
        let server = super::server::options().await;
        let mut lease = PgConnection::connect_with(&server.clone().database("postgres")).await.unwrap();
        let number = loop {
            if let Some(number) = try_lease(&mut lease).await {
                break number;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        };
        let name = format!("see_also_test_{:x}_{number}", version());
        let there: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
            .bind(&name)
            .fetch_one(&mut lease)
            .await
            .unwrap();
        let options = server.database(&name);
        if !there {
            drop_older(&mut lease, number).await;
            sqlx::raw_sql(sqlx::AssertSqlSafe(format!("create database {name}"))).execute(&mut lease).await.unwrap();
            database::migrate(options.clone()).await.unwrap();
        }
        let pool = database::pool(options, 6);
        empty(&pool).await;
        Self { pool, _lease: lease }
    }
}

async fn try_lease(lease: &mut PgConnection) -> Option<i32> {
    for number in 0..KEPT {
        let got: bool = sqlx::query_scalar("select pg_try_advisory_lock(7261, $1)")
            .bind(number)
            .fetch_one(&mut *lease)
            .await
            .unwrap();
        if got {
            return Some(number);
        }
    }
    None
}

/// Databases of older migrations are of no use to anybody.
async fn drop_older(lease: &mut PgConnection, number: i32) {
    let older: Vec<String> =
        sqlx::query("select datname from pg_database where datname like 'see_also_test_%_' || $1::text")
            .bind(number)
            .fetch_all(&mut *lease)
            .await
            .unwrap()
            .iter()
            .map(|row| row.get(0))
            .collect();
    for name in older {
        lease
            .execute(sqlx::raw_sql(sqlx::AssertSqlSafe(format!("drop database if exists {name} with (force)"))))
            .await
            .unwrap();
    }
}

/// Changes with every migration, so that a kept database is never out of date.
fn version() -> u64 {
    let mut hasher = DefaultHasher::new();
    for migration in database::MIGRATIONS.iter() {
        migration.checksum.hash(&mut hasher);
    }
    hasher.finish()
}

/// Deletes the rows that the last story left. Foreign keys are not asked, so that the order does not matter: truncating
/// a few tables takes all that refer to them along, more than a hundred here, and a second for each story. What a bench
/// has filled is truncated, and so is everything where we are no superuser of the server.
async fn empty(pool: &PgPool) {
    const DELETE: &str = "do $$ declare t text; has boolean; is_large boolean; begin
           perform set_config('session_replication_role', 'replica', true);
           for t in select tablename from pg_tables where schemaname = 'public' and tablename <> '_sqlx_migrations' loop
             execute format('select exists (select from %I), exists (select from %I offset 20000)', t, t) into has, is_large;
             if is_large then execute format('truncate %I cascade', t);
             elsif has then execute format('delete from %I', t); end if;
           end loop;
         end $$";
    const TRUNCATE: &str = "do $$ declare t text; has boolean; full_tables text := ''; begin
           for t in select tablename from pg_tables where schemaname = 'public' and tablename <> '_sqlx_migrations' loop
             execute format('select exists (select from %I)', t) into has;
             if has then full_tables := full_tables || ',' || quote_ident(t); end if;
           end loop;
           if full_tables <> '' then
             -- Only here: the history is otherwise only added to.
             grant truncate on history to current_user;
             execute 'truncate ' || substr(full_tables, 2) || ' cascade';
             revoke truncate on history from current_user;
           end if;
         end $$";
    let is_superuser: bool =
        sqlx::query_scalar("select usesuper from pg_user where usename = current_user").fetch_one(pool).await.unwrap();
    pool.execute(if is_superuser { DELETE } else { TRUNCATE }).await.unwrap();
}
