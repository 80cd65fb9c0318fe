//! Is it alive, is it ready: for whoever watches the server.
use super::state::App;
use crate::{database, outbox};
use axum::{extract::State, http::StatusCode};
use time::Duration;

/// The process runs.
pub async fn alive() -> &'static str {
    "alive\n"
}

/// The database answers, its migrations are ours, and the outbox is not stuck.
pub async fn ready(State(app): State<App>) -> (StatusCode, String) {
    match unready(&app).await {
        None => (StatusCode::OK, "ready\n".to_owned()),
        Some(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {why}\n")),
    }
}

async fn unready(app: &App) -> Option<String> {
    let Ok(mut db) = app.db.acquire().await else {
        return Some("the database does not answer".to_owned());
    };
    match database::pending_migrations(&mut db).await {
        Err(_) => return Some("the migrations cannot be read".to_owned()),
        Ok(0) => {}
        Ok(n) => return Some(format!("{n} migrations are missing")),
    }
    let now = app.clock.now();
    match outbox::oldest_due(&mut db, now).await {
        Err(_) => Some("the outbox cannot be read".to_owned()),
        Ok(Some(due)) if now - due > Duration::hours(1) => Some("an email has waited for over an hour".to_owned()),
        Ok(_) => None,
    }
}
