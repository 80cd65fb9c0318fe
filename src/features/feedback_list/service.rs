//! A member's own list.
use super::queries::{self, Listed};
use crate::access::GroupMember;
use crate::base::error::Result;
use crate::features::feedback::keep_to_reader;
use crate::web::state::App;

/// What the member gave and received in this group, the latest first.
pub(super) async fn mine(app: &App, member: &GroupMember) -> Result<Vec<Listed>> {
    let mut db = app.db.acquire().await?;
    let me = member.participation_id();
    let mut all = queries::mine(&mut db, member.program_id(), member.group_id(), me).await?;
    for listed in &mut all {
        keep_to_reader(&mut listed.item, &mut [], me);
    }
    Ok(all)
}
