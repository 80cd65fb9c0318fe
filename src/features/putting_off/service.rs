//! Puts a thing off, and brings it back.
use super::queries::{self, Putting};
use crate::access::ProgramCoordinator;
use crate::base::error::Result;
use crate::features::warnings::Thing;
use crate::web::state::App;
use time::Date;

/// Puts a thing off until a day, as it stands. Pressed twice, or by two at once, the last word counts.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn put_off(
    app: &App,
    by: &ProgramCoordinator,
    thing: &Thing,
    (today, until): (Date, Date),
) -> Result<()> {
    let mut tx = app.db.begin().await?;
    queries::forget_past(&mut tx, by.program_id(), today).await?;
    let putting = Putting { by: by.viewer().person_id(), until, at: app.clock.now() };
    queries::put_off(&mut tx, by.program_id(), &thing.warnings, &putting).await?;
    tx.commit().await?;
    Ok(())
}

/// Brings a thing back onto the desk.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn bring_back(app: &App, by: &ProgramCoordinator, thing: &Thing) -> Result<()> {
    let mut db = app.db.acquire().await?;
    queries::bring_back(&mut db, by.program_id(), &thing.warnings).await
}
