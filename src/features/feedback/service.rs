//! Reading, opening, answering. Nobody but the two can reach an item, unless both show it to their group.
mod receiver;

pub(super) use receiver::{Answered, Opened, answer, keep_views, open};

use super::{
    model::{Feedback, FeedbackState, Standing, Text, keep_to_reader, standing},
    queries::{self, Key},
};
use crate::access::{GroupMember, ProgramContact};
use crate::base::{
    error::{AppError, Result},
    ids::FeedbackId,
};
use crate::features::showing::{self, Around};
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
    /// Who else reads it; of a draft, nothing.
    pub around: Option<Around>,
}

/// An item for one of the two, or for whom they show it to.
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
    let around = match feedback.state {
        FeedbackState::Draft => None,
        _ => Some(showing::around(db, member, id).await?),
    };
    let others_read = around
        .as_ref()
        .is_some_and(|around| around.others_read(around.shared_at.is_some_and(|at| member.belonged_at(at))));
    let standing = standing(&feedback, me).or(others_read.then_some(Standing::Shown)).ok_or(AppError::NotFound)?;
    let mut texts = queries::texts(db, key(member, id), feedback.format).await?;
    keep_to_reader(&mut feedback, &mut texts, me);
    Ok(Item { feedback, texts, standing, around })
}

/// An item for the contact person it was reported to: the words and the answers, no own view.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn read_reported(db: &mut PgConnection, _by: &ProgramContact, key: Key) -> Result<(Feedback, Vec<Text>)> {
    let mut feedback = queries::find(db, key).await?.ok_or(AppError::NotFound)?;
    let mut texts = queries::texts(db, key, feedback.format).await?;
    let giver = feedback.giver_id;
    keep_to_reader(&mut feedback, &mut texts, giver);
    for text in &mut texts {
        text.self_view.clear();
    }
    Ok((feedback, texts))
}
