//! By the clock: names and addresses in lists do not stay longer than they can be of use.
use super::queries;
use crate::base::error::Result;
use crate::web::state::App;
use time::Duration;

/// A list can be looked at, and undone, for this long.
const KEPT: Duration = Duration::days(30);

/// Forgets the lines of old lists.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    let mut db = app.db.acquire().await?;
    let before = app.clock.now() - KEPT;
    for program_id in queries::programs_with_lists(&mut db).await? {
        queries::forget_before(&mut db, program_id, before).await?;
    }
    Ok(())
}
