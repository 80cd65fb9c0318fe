//! What happens to erasures by the clock alone: the last address is forgotten.
use super::queries;
use crate::base::error::Result;
use crate::web::state::App;

/// Forgets addresses that were kept for one email.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    let mut db = app.db.acquire().await?;
    queries::forget_addresses(&mut db, app.clock.now()).await
}
