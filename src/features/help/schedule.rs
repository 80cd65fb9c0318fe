//! What was asked is kept for a month.
use super::{model::KEPT, queries};
use crate::base::error::Result;
use crate::web::state::App;

/// Deletes what is older, in every program.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    let before = app.clock.now() - KEPT;
    let mut db = app.db.acquire().await?;
    let mut after = None;
    loop {
        let programs = queries::programs_after(&mut db, after).await?;
        let Some(last) = programs.last() else { return Ok(()) };
        queries::delete_before(&mut db, &programs, before).await?;
        after = Some(*last);
    }
}
