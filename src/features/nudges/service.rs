//! Stops the weekly email, and lets it come again.
use super::{link::WeeklyLink, queries};
use crate::base::error::Result;
use crate::web::state::App;

/// Stops the weekly email of whoever holds it, or lets it come again.
pub(super) async fn set_stopped(app: &App, by: &WeeklyLink, stopped: bool) -> Result<()> {
    let mut db = app.db.acquire().await?;
    queries::set_stopped(&mut db, by.person_id, stopped, app.clock.now()).await
}

pub(super) async fn is_stopped(app: &App, by: &WeeklyLink) -> Result<bool> {
    let mut db = app.db.acquire().await?;
    queries::is_stopped(&mut db, by.person_id).await
}
