//! What happens to changes of address by the clock alone.
use super::service;
use crate::base::error::Result;
use crate::web::state::App;

/// Has site admins' changes happen after a week, and ends those that were not confirmed.
///
/// # Errors
/// When the database does not answer.
pub async fn tick(app: &App) -> Result<()> {
    service::due(app).await
}
