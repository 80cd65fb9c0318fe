//! Reading, opening, answering. Nobody but the two can reach an item.
mod receiver;

pub(super) use receiver::{Answered, Opened, answer, keep_views, open};

use super::{
    model::{Feedback, Standing, Text, keep_to_reader, standing},
    queries::{self, Key, Listed},
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::FeedbackId,
};
use crate::web::state::App;
use sqlx::PgConnection;

/// Where an item of the member's group is to be found.
#[must_use]
pub const fn key(member: &GroupMember, id: FeedbackId) -> Key {
    Key { program: member.program_id(), group: member.group_id(), id }
}

/// One item as its reader may know it.
#[derive(Debug)]
pub struct Item {
    pub feedback: Feedback,
    pub texts: Vec<Text>,
    pub standing: Standing,
}

/// An item for one of the two.
///
/// # Errors
/// `NotFound` for everybody else, and for the receiver as long as it is a draft.
pub async fn read(app: &App, member: &GroupMember, id: FeedbackId) -> Result<Item> {
    let mut db = app.db.acquire().await?;
    read_in(&mut db, member, id).await
}

/// As [`read`], inside a transaction.
///
/// # Errors
/// As for [`read`].
pub async fn read_in(db: &mut PgConnection, member: &GroupMember, id: FeedbackId) -> Result<Item> {
    let me = member.participation_id();
    let mut feedback = queries::find(db, key(member, id)).await?.ok_or(AppError::NotFound)?;
    let standing = standing(&feedback, me).ok_or(AppError::NotFound)?;
    let mut texts = queries::texts(db, key(member, id), feedback.format).await?;
    keep_to_reader(&mut feedback, &mut texts, me);
    Ok(Item { feedback, texts, standing })
}

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
