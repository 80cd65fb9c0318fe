//! The PostgreSQL server that tests use: the one in `DATABASE_URL`, or our own under `target/`.
use sqlx::postgres::PgConnectOptions;
use std::str::FromStr;

pub async fn options() -> PgConnectOptions {
    PgConnectOptions::from_str(&std::env::var("DATABASE_URL").unwrap()).unwrap()
}
