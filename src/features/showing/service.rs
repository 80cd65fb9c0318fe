//! Saying that the group may read an item, hiding one from one's own list, and who reads one.
use super::{model::Around, queries};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::FeedbackId,
};
use crate::features::groups;
use crate::web::state::App;
use sqlx::PgConnection;

/// What stands around an item.
///
/// # Errors
/// `NotFound` when there is none in the group, or it is a draft.
pub(crate) async fn around(db: &mut PgConnection, by: &GroupMember, id: FeedbackId) -> Result<Around> {
    queries::around(db, by, Some(id)).await?.pop().ok_or(AppError::NotFound)
}

/// Everything in the group about which one of the two, or the reader, has said something.
pub(super) async fn all(app: &App, by: &GroupMember) -> Result<Vec<Around>> {
    let mut db = app.db.acquire().await?;
    queries::around(&mut db, by, None).await
}

/// "Priya, Marcus and you": who in the group reads an item that both show.
pub(super) async fn readers(app: &App, by: &GroupMember, around: &Around) -> Result<String> {
    let mut db = app.db.acquire().await?;
    let members = groups::open_members(&mut db, by.program_id(), by.group_id()).await?;
    Ok(groups::readers(by, &members, around.shared_on(&by.program().time_zone)))
}

/// Leaves an item out of the member's own list, or brings it back. Nobody is told.
///
/// # Errors
/// `NotFound` when they neither gave it nor received and opened it.
pub(super) async fn hide(app: &App, by: &GroupMember, id: FeedbackId, hides: bool) -> Result<()> {
    let mut tx = app.db.begin().await?;
    if !queries::hide(&mut tx, by, id, hides.then(|| app.clock.now())).await? {
        return Err(AppError::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

/// Says that the group may read an item, or takes it back; gives what then stands around it.
///
/// # Errors
/// `NotFound` when it is not between this member and another, or not settled.
pub(super) async fn show(app: &App, by: &GroupMember, id: FeedbackId, shows: bool) -> Result<Around> {
    let mut tx = app.db.begin().await?;
    if !queries::show(&mut tx, by, id, shows.then(|| app.clock.now())).await? {
        return Err(AppError::NotFound);
    }
    let around = around(&mut tx, by, id).await?;
    tx.commit().await?;
    Ok(around)
}
