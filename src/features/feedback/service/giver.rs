//! What the giver does: write, share, take back, throw away.
use super::super::{
    email::{FeedbackReminder, FeedbackShared, Sharing},
    model::{
        Feedback, Standing, Text,
        draft::{self, Between, Typed},
        reminder_at,
    },
    queries::{self, Key, Pair},
};
use super::{key, read_between, read_in};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{FeedbackId, ParticipationId},
};
use crate::outbox::{self, Posting};
use crate::web::{form::Errors, state::App};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What became of a draft.
#[derive(Debug)]
pub(in super::super) enum Saved {
    Done,
    Refused(Errors, Box<Between>),
    /// The person is no other open member of the group.
    NotToThem,
    /// It is no draft any more.
    Late,
}

/// Writes a new draft. The same form sent twice makes one.
///
/// # Errors
/// `NotFound` when the id belongs to somebody else's item.
pub(in super::super) async fn create(
    app: &App,
    member: &GroupMember,
    id: FeedbackId,
    typed: &Typed,
    for_later: bool,
) -> Result<Saved> {
    let mut tx = app.db.begin().await?;
    let Some(to) = ParticipationId::parse(typed.get("to")) else { return Ok(Saved::NotToThem) };
    let Some(between) = read_between(&mut tx, app, member, to).await? else { return Ok(Saved::NotToThem) };
    let draft = match draft::read(typed, &between, for_later) {
        Ok(draft) => draft,
        Err(errors) => return Ok(Saved::Refused(errors, Box::new(between))),
    };
    let pair = Pair { giver: between.giver, receiver: between.receiver };
    if !queries::insert(&mut tx, key(member, id), pair, &draft, app.clock.now()).await? {
        let there = queries::find(&mut tx, key(member, id)).await?;
        let ours = there.is_some_and(|item| item.giver_id == member.participation_id());
        return if ours { Ok(Saved::Done) } else { Err(AppError::NotFound) };
    }
    tx.commit().await?;
    Ok(Saved::Done)
}

/// Writes over a draft.
///
/// # Errors
/// `NotFound` when there is no such item for this member.
pub(in super::super) async fn change(
    app: &App,
    member: &GroupMember,
    id: FeedbackId,
    typed: &Typed,
    for_later: bool,
) -> Result<Saved> {
    let mut tx = app.db.begin().await?;
    let item = read_in(&mut tx, member, id).await?;
    if item.standing != Standing::Draft {
        return Ok(Saved::Late);
    }
    let Some(between) = read_between(&mut tx, app, member, item.feedback.receiver_id).await? else {
        return Ok(Saved::NotToThem);
    };
    let draft = match draft::read(typed, &between, for_later) {
        Ok(draft) => draft,
        Err(errors) => return Ok(Saved::Refused(errors, Box::new(between))),
    };
    let pair = Pair { giver: between.giver, receiver: between.receiver };
    if !queries::update(&mut tx, key(member, id), pair, &draft).await? {
        return Ok(Saved::Late);
    }
    tx.commit().await?;
    Ok(Saved::Done)
}

/// What became of a sharing.
#[derive(Debug)]
pub(in super::super) enum Shared {
    Done,
    Late,
    Refused(Errors),
}

/// `draft → shared`, if everything still holds; the receiver is told.
///
/// # Errors
/// `NotFound` when there is no such item for this member.
pub(in super::super) async fn share(app: &App, member: &GroupMember, id: FeedbackId) -> Result<Shared> {
    let mut tx = app.db.begin().await?;
    let key = key(member, id);
    queries::lock(&mut tx, key).await?;
    let item = read_in(&mut tx, member, id).await?;
    if item.standing != Standing::Draft {
        return Ok(Shared::Late);
    }
    let between = read_between(&mut tx, app, member, item.feedback.receiver_id).await?;
    let errors = what_keeps_it(&item.feedback, &item.texts, between.as_ref());
    let Some(between) = between.filter(|_| errors.is_empty()) else { return Ok(Shared::Refused(errors)) };
    let now = app.clock.now();
    if !queries::share(&mut tx, key, between.giver, now).await? {
        return Ok(Shared::Late);
    }
    post(&mut tx, key, &between, now).await?;
    tx.commit().await?;
    Ok(Shared::Done)
}

/// What keeps a draft from being shared: since it was written somebody may have left, or an
/// element may have been retired.
fn what_keeps_it(item: &Feedback, texts: &[Text], between: Option<&Between>) -> Errors {
    let mut errors = Errors::default();
    let Some(between) = between else {
        errors.add("share", "Nobody would read it: this person is not in your group now");
        return errors;
    };
    if let Err(words) = draft::check_day(between, item.happened_on) {
        errors.add("share", words);
    }
    let mut written = texts.iter().filter(|text| !text.words.is_empty()).peekable();
    if written.peek().is_none() {
        let whose = &between.receiver_first;
        errors.add("share", format!("Write about at least one of the things {whose} agreed to hear about"));
    }
    for text in written {
        let known = between.elements.iter().find(|element| element.id == text.element_id);
        match known.map(|element| draft::check_element(element, item.happened_on)) {
            Some(Ok(())) => {}
            Some(Err(words)) => errors.add("share", words),
            None => errors.add("share", format!("“{}” is no longer agreed", text.title)),
        }
    }
    errors
}

async fn post(db: &mut PgConnection, key: Key, between: &Between, now: OffsetDateTime) -> Result<()> {
    let sharing =
        Sharing { program_id: key.program, group_id: key.group, feedback_id: key.id, shared_at: now.unix_timestamp() };
    let at_once = Posting { program_id: Some(key.program), due_at: now, key: None };
    outbox::enqueue(db, &FeedbackShared(sharing.clone()), at_once).await?;
    let later = Posting {
        program_id: Some(key.program),
        due_at: reminder_at(&between.receiver_zone, now),
        key: Some(format!("feedback-reminder:{}:{}", key.id, sharing.shared_at)),
    };
    outbox::enqueue(db, &FeedbackReminder(sharing), later).await?;
    Ok(())
}

/// `shared → draft`; `false` when it can no longer be taken back.
///
/// # Errors
/// `NotFound` when there is no such item of this giver's.
pub(in super::super) async fn take_back(app: &App, member: &GroupMember, id: FeedbackId) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    let item = read_in(&mut tx, member, id).await?;
    if item.feedback.giver_id != member.participation_id() {
        return Err(AppError::NotFound);
    }
    let done = queries::take_back(&mut tx, key(member, id), member.participation_id()).await?;
    tx.commit().await?;
    // Pressing the button twice takes it back once.
    Ok(done || item.standing == Standing::Draft)
}

/// Throws a draft away; `false` when it is no draft any more.
///
/// # Errors
/// `NotFound` when there is no such item of this giver's.
pub(in super::super) async fn discard(app: &App, member: &GroupMember, id: FeedbackId) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    let item = read_in(&mut tx, member, id).await?;
    if item.feedback.giver_id != member.participation_id() {
        return Err(AppError::NotFound);
    }
    let done = queries::discard(&mut tx, key(member, id), member.participation_id()).await?;
    tx.commit().await?;
    Ok(done)
}
