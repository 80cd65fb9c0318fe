//! What the agenda page shows.
use super::super::{model::Material, queries};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::MeetingId,
};
use crate::features::{
    groups::{self, OpenMember},
    meetings::{self, GroupKey, Item, Meeting, Which},
};
use crate::web::state::App;
use sqlx::PgConnection;

/// One meeting with all its page may need.
#[derive(Debug)]
pub(in super::super) struct View {
    pub(in super::super) meeting: Meeting,
    pub(in super::super) items: Vec<Item>,
    pub(in super::super) members: Vec<OpenMember>,
    /// What forms offer and templates use.
    pub(in super::super) material: Material,
}

/// Reads a meeting of the member's group.
///
/// # Errors
/// `NotFound` when the group has no such meeting.
pub(in super::super) async fn view(app: &App, by: &GroupMember, id: MeetingId) -> Result<View> {
    let of = GroupKey::from(by);
    let mut db = app.db.acquire().await?;
    let meeting = meetings::meetings_of(&mut db, of, Which::One(id)).await?.pop().ok_or(AppError::NotFound)?;
    let items = meetings::items_of(&mut db, of, id).await?;
    let material = material(&mut db, by, &meeting, &items).await?;
    let members = groups::open_members(&mut db, of.program_id, of.group_id).await?;
    Ok(View { meeting, items, members, material })
}

/// What a template of this meeting is filled with; its length is what carried items leave.
pub(super) async fn material(
    db: &mut PgConnection,
    by: &GroupMember,
    meeting: &Meeting,
    items: &[Item],
) -> Result<Material> {
    let of = GroupKey::from(by);
    Ok(Material {
        goals: queries::goals(db, of).await?,
        trips: queries::trips(db, of).await?,
        theme: queries::theme_on(db, of.program_id, meeting.day()).await?,
        length: (meeting.minutes() - carried_minutes(items)).max(0),
        informal: by.program().informal_minutes,
    })
}

pub(super) fn carried_minutes(items: &[Item]) -> i32 {
    items.iter().filter(|item| item.carried).map(|item| item.planned_minutes).sum()
}
