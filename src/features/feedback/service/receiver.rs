//! What the receiver does: note their own view, open, answer.
use super::super::{
    model::{
        Standing, Typed,
        answer::{self, Answer},
    },
    queries,
};
use super::{Item, key, read_in};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::FeedbackId,
};
use crate::web::{form::Errors, state::App};

/// What became of an opening.
#[derive(Debug)]
pub(in super::super) enum Opened {
    /// Now or before.
    Done,
    Refused(Errors, Box<Item>),
}

/// Opens an item and keeps the receiver's own views beside it. Views sent after the opening
/// are not taken: they would no longer be from before.
///
/// # Errors
/// `NotFound` when there is no such item for this member, also when it was just taken back.
pub(in super::super) async fn open(app: &App, member: &GroupMember, id: FeedbackId, typed: &Typed) -> Result<Opened> {
    let mut tx = app.db.begin().await?;
    let item = received(read_in(&mut tx, member, id).await?, member)?;
    if item.standing != Standing::Unopened {
        return Ok(Opened::Done);
    }
    let views = match answer::read_views(typed, &item.texts) {
        Ok(views) => views,
        Err(errors) => return Ok(Opened::Refused(errors, Box::new(item))),
    };
    if !queries::open(&mut tx, key(member, id), member.participation_id(), app.clock.now()).await? {
        // Taken back, or opened on another device: the page knows which.
        return read_in(&mut tx, member, id).await.map(|_| Opened::Done);
    }
    queries::save_views(&mut tx, key(member, id), &views).await?;
    tx.commit().await?;
    Ok(Opened::Done)
}

/// Keeps the receiver's own views without opening.
///
/// # Errors
/// As for [`open`].
pub(in super::super) async fn keep_views(
    app: &App,
    member: &GroupMember,
    id: FeedbackId,
    typed: &Typed,
) -> Result<Opened> {
    let mut tx = app.db.begin().await?;
    let item = received(read_in(&mut tx, member, id).await?, member)?;
    let views = match answer::read_views(typed, &item.texts) {
        Ok(views) => views,
        Err(errors) => return Ok(Opened::Refused(errors, Box::new(item))),
    };
    if queries::still_unopened(&mut tx, key(member, id), member.participation_id()).await? {
        queries::save_views(&mut tx, key(member, id), &views).await?;
        tx.commit().await?;
    }
    Ok(Opened::Done)
}

/// What became of an answer.
#[derive(Debug)]
pub(in super::super) enum Answered {
    Done,
    /// It was answered before, and answers stand.
    Before,
    /// It has to be opened first.
    NotOpened,
    Refused(Errors, Box<Item>),
}

/// `shared → answered`, once.
///
/// # Errors
/// `NotFound` when there is no such item for this member.
pub(in super::super) async fn answer(
    app: &App,
    member: &GroupMember,
    id: FeedbackId,
    typed: &Typed,
) -> Result<Answered> {
    let mut tx = app.db.begin().await?;
    let item = received(read_in(&mut tx, member, id).await?, member)?;
    match item.standing {
        Standing::ToAnswer => {}
        Standing::Unopened => return Ok(Answered::NotOpened),
        Standing::Draft
        | Standing::Given
        | Standing::Logged
        | Standing::ToConfirm
        | Standing::Disputed
        | Standing::Settled
        | Standing::Shown => return Ok(Answered::Before),
    }
    let answers: Vec<Answer> = match answer::read_answers(typed, &item.texts) {
        Ok(answers) => answers,
        Err(errors) => return Ok(Answered::Refused(errors, Box::new(item))),
    };
    if !queries::answer(&mut tx, key(member, id), member.participation_id(), app.clock.now()).await? {
        return Ok(Answered::Before);
    }
    queries::save_answers(&mut tx, key(member, id), &answers).await?;
    tx.commit().await?;
    Ok(Answered::Done)
}

/// Only the receiver does any of this.
fn received(item: Item, member: &GroupMember) -> Result<Item> {
    if item.feedback.receiver_id == member.participation_id() { Ok(item) } else { Err(AppError::NotFound) }
}
