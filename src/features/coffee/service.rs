//! Whether a coffee meeting is offered, and saying not this time.
use super::{
    model::{self, Offer},
    queries,
};
use crate::access::GroupMember;
use crate::base::{error::Result, ids::MeetingId};
use crate::features::meetings::GroupKey;
use crate::web::state::App;
use sqlx::PgConnection;

/// What a group is offered now, while its program runs.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn offered(db: &mut PgConnection, by: &GroupMember) -> Result<Option<Offer>> {
    if !by.program().state.is_running() {
        return Ok(None);
    }
    Ok(model::offer(&queries::ran(db, GroupKey::from(by)).await?))
}

/// Not this time. An offer that is over, or another one, stays as it is.
pub(super) async fn decline(app: &App, by: &GroupMember, meeting: MeetingId) -> Result<()> {
    let mut tx = app.db.begin().await?;
    if offered(&mut tx, by).await?.is_some_and(|offer| offer.meeting == meeting.to_string()) {
        queries::decline(&mut tx, GroupKey::from(by), meeting).await?;
        tx.commit().await?;
    }
    Ok(())
}
