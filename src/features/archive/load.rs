//! Writes a checked document, table by table, in the order in which rows refer to each other.
use super::Document;
use crate::{
    base::{error::Result, portable::Frame},
    features::{
        actions, agreements, approvals, earlier_lessons, feedback, field_trips, goals, groups, library, meetings,
        off_limits, people, programs,
    },
};
use sqlx::PgConnection;

/// Writes everything but the people, whom the frame must know already; `false`, and nothing
/// written, when the program is here. No email comes of it.
///
/// # Errors
/// When the database does not answer, or refuses a row.
pub(super) async fn write(db: &mut PgConnection, frame: &Frame, document: &Document) -> Result<bool> {
    if !programs::archive::insert_program(db, frame, &document.program).await? {
        return Ok(false);
    }
    programs::archive::insert_themes(db, frame, &document.themes).await?;
    programs::archive::insert_coordinators(db, frame, &document.coordinators).await?;
    earlier_lessons::archive::insert(db, frame, &document.earlier_lessons).await?;
    library::archive::insert(db, frame, &document.library).await?;
    people::archive::insert(db, frame, &document.participations).await?;
    groups::archive::insert(db, frame, &document.groups).await?;
    off_limits::archive::insert(db, frame, &document.off_limits).await?;
    goals::archive::insert(db, frame, &document.goals).await?;
    agreements::archive::insert(db, frame, &document.agreements).await?;
    field_trips::archive::insert(db, frame, &document.field_trips).await?;
    // Some are about a trip.
    approvals::archive::insert(db, frame, &document.approval_requests).await?;
    meetings::archive::insert(db, frame, &document.meetings).await?;
    actions::archive::insert(db, frame, &document.actions).await?;
    feedback::archive::insert(db, frame, &document.feedback).await?;
    Ok(true)
}
