//! Revising, reading both, answering once more.
use super::email::FeedbackRevised;
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::FeedbackId,
};
use crate::features::{
    drafts::{Between, read_between},
    feedback::{self, Item, Standing, Typed, key, read_answers, read_in},
    second_wordings::{self, Of, Second},
};
use crate::outbox::{self, Posting};
use crate::web::{form::Errors, state::App};
use sqlx::PgConnection;

/// What is said of a revision that changes nothing.
const SAME: &str = "These are your first words. Change what you would say now";

fn of(member: &GroupMember, item: &Item) -> Of {
    Of { program_id: member.program_id(), feedback_id: item.feedback.id, receiver_id: item.feedback.receiver_id }
}

async fn given(db: &mut PgConnection, member: &GroupMember, id: FeedbackId) -> Result<Item> {
    let item = read_in(db, member, id).await?;
    if item.feedback.giver_id == member.participation_id() { Ok(item) } else { Err(AppError::NotFound) }
}

/// What its giver writes over: the item, and what has to be known before they write. `None` when it is not theirs
/// to revise, or no longer, or its receiver has left.
///
/// # Errors
/// `NotFound` when there is no such item of this giver's.
pub(super) async fn to_revise(app: &App, member: &GroupMember, id: FeedbackId) -> Result<Option<(Item, Between)>> {
    let mut db = app.db.acquire().await?;
    let item = given(&mut db, member, id).await?;
    if !item.feedback.can_be_revised() {
        return Ok(None);
    }
    let between = read_between(&mut db, app, member, item.feedback.receiver_id).await?;
    Ok(between.map(|between| {
        let between = second_wordings::as_of(between, &item);
        (item, between)
    }))
}

/// What became of a revision.
#[derive(Debug)]
pub(super) enum Revised {
    Done,
    Refused(Errors, Box<(Item, Between)>, Typed),
    /// It was revised before, in another window perhaps.
    Before(Box<(Item, Between)>, Typed),
    /// There is nothing to revise, or nobody who would read it.
    Late,
}

/// Puts other words beside the first ones, once; the receiver is told.
///
/// # Errors
/// `NotFound` when there is no such item of this giver's.
pub(super) async fn revise(
    app: &App,
    member: &GroupMember,
    id: FeedbackId,
    fields: Vec<(String, String)>,
) -> Result<Revised> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    feedback::lock(&mut tx, key(member, id)).await?;
    let item = given(&mut tx, member, id).await?;
    let typed = second_wordings::typed_of(&item, fields);
    let between = read_between(&mut tx, app, member, item.feedback.receiver_id).await?;
    let Some(between) = between.map(|between| second_wordings::as_of(between, &item)) else {
        return Ok(Revised::Late);
    };
    if item.feedback.logged_by.is_none() && item.feedback.reworded_at.is_some() {
        let second = second_wordings::find(&mut tx, of(member, &item), item.feedback.format).await?;
        // Pressing the button twice revises it once.
        let again = second_wordings::read(&typed, &item, &between, SAME)
            .is_ok_and(|wording| second.is_some_and(|second| wording.is(&second.texts, &second.not_agreed)));
        return Ok(if again { Revised::Done } else { Revised::Before(Box::new((item, between)), typed) });
    }
    if !item.feedback.can_be_revised() {
        return Ok(Revised::Late);
    }
    let wording = match second_wordings::read(&typed, &item, &between, SAME) {
        Ok(wording) => wording,
        Err(errors) => return Ok(Revised::Refused(errors, Box::new((item, between)), typed)),
    };
    second_wordings::insert(&mut tx, of(member, &item), &wording, now).await?;
    let (program_id, group_id) = (member.program_id(), member.group_id());
    let letter = FeedbackRevised { program_id, group_id, feedback_id: id };
    let posting = Posting { program_id: Some(program_id), due_at: now, key: Some(format!("feedback-revised:{id}")) };
    outbox::enqueue(&mut tx, &letter, posting).await?;
    tx.commit().await?;
    Ok(Revised::Done)
}

/// Both wordings, for one of the two; `None` when there is only the first.
///
/// # Errors
/// `NotFound` when there is no such item for this member.
pub(super) async fn both(app: &App, member: &GroupMember, id: FeedbackId) -> Result<Option<(Item, Second)>> {
    let mut db = app.db.acquire().await?;
    both_in(&mut db, member, id).await
}

async fn both_in(db: &mut PgConnection, member: &GroupMember, id: FeedbackId) -> Result<Option<(Item, Second)>> {
    let item = read_in(db, member, id).await?;
    // Who else reads the first words, because the two said so, reads those alone.
    if item.standing == Standing::Shown {
        return Err(AppError::NotFound);
    }
    if item.feedback.logged_by.is_some() || item.feedback.reworded_at.is_none() {
        return Ok(None);
    }
    let second = second_wordings::find(db, of(member, &item), item.feedback.format).await?;
    Ok(second.map(|second| (item, second)))
}

/// What became of an answer.
#[derive(Debug)]
pub(super) enum Answered {
    Done,
    /// It was answered before, or there is nothing to answer.
    Late,
    Refused(Errors, Box<(Item, Second)>),
}

/// Keeps the receiver's answer to the new words, once.
///
/// # Errors
/// `NotFound` when there is no such item that this member received.
pub(super) async fn answer(app: &App, member: &GroupMember, id: FeedbackId, typed: &Typed) -> Result<Answered> {
    let mut tx = app.db.begin().await?;
    let Some((item, second)) = both_in(&mut tx, member, id).await? else { return Ok(Answered::Late) };
    if item.feedback.receiver_id != member.participation_id() {
        return Err(AppError::NotFound);
    }
    let answers = match read_answers(typed, &second.texts) {
        Ok(answers) => answers,
        Err(_) if second.answered_at.is_some() => return Ok(Answered::Late),
        Err(errors) => return Ok(Answered::Refused(errors, Box::new((item, second)))),
    };
    if !second_wordings::answer(&mut tx, of(member, &item), &answers, app.clock.now()).await? {
        return Ok(Answered::Late);
    }
    tx.commit().await?;
    Ok(Answered::Done)
}
