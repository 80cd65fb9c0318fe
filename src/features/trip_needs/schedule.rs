//! What people need on a trip is kept as long as it is of use to the trip, and no day longer.
use super::queries;
use crate::base::error::Result;
use crate::web::state::App;

/// Deletes what people needed on trips whose day is over, that are off, or in whose group they are no more.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    queries::forget_past(&mut *app.db.acquire().await?, app.clock.now()).await
}
