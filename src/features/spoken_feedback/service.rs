//! Logging what was said, correcting it, and what the other says to it.
use super::{
    email,
    model::{self, Way},
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::FeedbackId,
};
use crate::features::{
    choices,
    drafts::{self, Between, Someone, read_between, read_between_from, read_draft},
    feedback::{self, Item, Pair, Standing, Typed, key, read_in},
    second_wordings::{self, Of, Second, Wording},
};
use crate::web::{form::Errors, state::App};
use sqlx::PgConnection;

/// What is said of other words that are the same.
const SAME: &str = "These are the words as they were logged. Change what was different, or confirm them";

/// With whom something can have been spoken about.
pub(super) struct People {
    pub(super) others: Vec<Someone>,
    /// The member has agreed to hear about something.
    pub(super) has_own: bool,
}

pub(super) async fn people(app: &App, member: &GroupMember) -> Result<People> {
    let others = drafts::others(app, member).await?;
    let mut db = app.db.acquire().await?;
    let elements = choices::agreed_elements(&mut db, member).await?;
    Ok(People { others, has_own: elements.iter().any(|element| element.about_id == member.participation_id()) })
}

/// What has to be known before the member writes down what was said; `None` when the other belongs to no group of
/// theirs.
pub(super) async fn between(app: &App, member: &GroupMember, way: Way) -> Result<Option<Between>> {
    let mut db = app.db.acquire().await?;
    between_in(&mut db, app, member, way).await
}

async fn between_in(db: &mut PgConnection, app: &App, member: &GroupMember, way: Way) -> Result<Option<Between>> {
    match way {
        Way::To(other) => read_between(db, app, member, other).await,
        Way::From(other) => read_between_from(db, app, member, other).await,
    }
}

/// What became of a log.
#[derive(Debug)]
pub(super) enum Saved {
    Done,
    Refused(Errors, Box<Between>),
    /// The other is no open member of the group.
    NotWithThem,
    /// The other has said whether it was so, or it was taken back.
    Late,
}

/// Logs what was said, and asks the other. The same form sent twice logs it once.
///
/// # Errors
/// `NotFound` when the id belongs to somebody else's item.
pub(super) async fn log(app: &App, member: &GroupMember, id: FeedbackId, typed: &Typed) -> Result<Saved> {
    let (now, me) = (app.clock.now(), member.participation_id());
    let mut tx = app.db.begin().await?;
    let Some(way) = Way::typed(typed) else { return Ok(Saved::NotWithThem) };
    let Some(between) = between_in(&mut tx, app, member, way).await? else { return Ok(Saved::NotWithThem) };
    let draft = match read_draft(typed, &between) {
        Ok(draft) => draft,
        Err(errors) => return Ok(Saved::Refused(errors, Box::new(between))),
    };
    let pair = Pair { giver: between.giver, receiver: between.receiver };
    let key = key(member, id);
    if !feedback::insert_said(&mut tx, key, (pair, me), &draft, now).await? {
        let there = feedback::find(&mut tx, key).await?;
        let ours = there.is_some_and(|item| item.logged_by == Some(me));
        return if ours { Ok(Saved::Done) } else { Err(AppError::NotFound) };
    }
    email::ask_other(&mut tx, key, &between.other_zone, now).await?;
    tx.commit().await?;
    Ok(Saved::Done)
}

/// Writes over what the member logged; from then on the new words are to be confirmed.
///
/// # Errors
/// `NotFound` when there is no such item for this member.
pub(super) async fn correct(app: &App, member: &GroupMember, id: FeedbackId, typed: &Typed) -> Result<Saved> {
    let me = member.participation_id();
    let mut tx = app.db.begin().await?;
    let item = read_in(&mut tx, member, id).await?;
    if item.standing != Standing::Logged {
        return Ok(Saved::Late);
    }
    let way = Way::of(&item.feedback, me);
    let Some(between) = between_in(&mut tx, app, member, way).await? else { return Ok(Saved::NotWithThem) };
    let draft = match read_draft(typed, &between) {
        Ok(draft) => draft,
        Err(errors) => return Ok(Saved::Refused(errors, Box::new(between))),
    };
    let who = (between.receiver, me);
    if !feedback::update_said(&mut tx, key(member, id), who, &draft, app.clock.now()).await? {
        return Ok(Saved::Late);
    }
    tx.commit().await?;
    Ok(Saved::Done)
}

/// Takes back what the member logged, with its words; `false` when the other has said whether it was so.
///
/// # Errors
/// `NotFound` when there is no such item for this member.
pub(super) async fn take_back(app: &App, member: &GroupMember, id: FeedbackId) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    read_in(&mut tx, member, id).await?;
    let done = feedback::remove_said(&mut tx, key(member, id), member.participation_id()).await?;
    tx.commit().await?;
    Ok(done)
}

/// An item as it stands between the two: with how the other remembers it, where they said so.
pub(super) struct Said {
    pub(super) item: Item,
    pub(super) second: Option<Second>,
}

/// What was said and is not settled; `None` for an item that is read on its own page.
///
/// # Errors
/// `NotFound` when there is no such item for this member.
pub(super) async fn read(app: &App, member: &GroupMember, id: FeedbackId) -> Result<Option<Said>> {
    let mut db = app.db.acquire().await?;
    read_said(&mut db, member, id).await
}

async fn read_said(db: &mut PgConnection, member: &GroupMember, id: FeedbackId) -> Result<Option<Said>> {
    let item = read_in(db, member, id).await?;
    if !matches!(item.standing, Standing::Logged | Standing::ToConfirm | Standing::Disputed) {
        return Ok(None);
    }
    let second = second_wordings::find(db, of(member, &item), item.feedback.format).await?;
    Ok(Some(Said { item, second }))
}

fn of(member: &GroupMember, item: &Item) -> Of {
    Of { program_id: member.program_id(), feedback_id: item.feedback.id, receiver_id: item.feedback.receiver_id }
}

/// What became of the other's word on it.
pub(super) enum Settled {
    Done,
    /// The words changed since the page was drawn.
    Changed(Box<Item>),
    /// It is settled, or was taken back, or is not the member's to confirm.
    Late,
}

/// `logged → confirmed`: these are the words, and these alone.
///
/// # Errors
/// `NotFound` when there is no such item for this member.
pub(super) async fn confirm(app: &App, member: &GroupMember, id: FeedbackId, version: &str) -> Result<Settled> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    feedback::lock(&mut tx, key(member, id)).await?;
    let item = read_in(&mut tx, member, id).await?;
    if item.standing != Standing::ToConfirm {
        return Ok(Settled::Late);
    }
    let Some(logged_at) = model::moment(version) else { return Ok(Settled::Changed(Box::new(item))) };
    if !feedback::confirm_said(&mut tx, key(member, id), member.participation_id(), logged_at, now).await? {
        return Ok(Settled::Changed(Box::new(item)));
    }
    tx.commit().await?;
    Ok(Settled::Done)
}

/// What the other writes over when they remember it differently; `None` when it is not theirs to say, or no longer.
///
/// # Errors
/// `NotFound` when there is no such item for this member.
pub(super) async fn to_dispute(app: &App, member: &GroupMember, id: FeedbackId) -> Result<Option<(Item, Between)>> {
    let mut db = app.db.acquire().await?;
    let item = read_in(&mut db, member, id).await?;
    if item.standing != Standing::ToConfirm {
        return Ok(None);
    }
    let between = between_in(&mut db, app, member, Way::of(&item.feedback, member.participation_id())).await?;
    Ok(between.map(|between| {
        let between = second_wordings::as_of(between, &item);
        (item, between)
    }))
}

/// What became of other words.
pub(super) enum Disputed {
    Done,
    Refused(Errors, Box<(Item, Between)>, Typed),
    /// The words changed since the form was drawn.
    Changed(Box<(Item, Between)>, Typed),
    Late,
}

/// `logged → disputed`: both wordings stay, and it counts nowhere.
///
/// # Errors
/// `NotFound` when there is no such item for this member.
pub(super) async fn dispute(
    app: &App,
    member: &GroupMember,
    id: FeedbackId,
    fields: Vec<(String, String)>,
) -> Result<Disputed> {
    let me = member.participation_id();
    let mut tx = app.db.begin().await?;
    feedback::lock(&mut tx, key(member, id)).await?;
    let item = read_in(&mut tx, member, id).await?;
    if item.standing != Standing::ToConfirm {
        return Ok(Disputed::Late);
    }
    let between = between_in(&mut tx, app, member, Way::of(&item.feedback, me)).await?;
    let Some(between) = between.map(|between| second_wordings::as_of(between, &item)) else {
        return Ok(Disputed::Late);
    };
    let typed = second_wordings::typed_of(&item, fields);
    let logged_at = model::moment(typed.get("version")).filter(|at| item.feedback.shared_at == Some(*at));
    let Some(logged_at) = logged_at else {
        return Ok(Disputed::Changed(Box::new((item, between)), typed));
    };
    let wording = match second_wordings::read(&typed, &item, &between, SAME) {
        Ok(wording) => wording,
        Err(errors) => return Ok(Disputed::Refused(errors, Box::new((item, between)), typed)),
    };
    if !feedback::dispute_said(&mut tx, key(member, id), me, logged_at).await? {
        return Ok(Disputed::Late);
    }
    second_wordings::insert(&mut tx, of(member, &item), &wording, app.clock.now()).await?;
    tx.commit().await?;
    Ok(Disputed::Done)
}

/// `disputed → confirmed`, by the one who logged it, with the words as the other remembers them; `false` when there
/// is nothing for this member to accept.
///
/// # Errors
/// `NotFound` when there is no such item for this member.
pub(super) async fn accept(app: &App, member: &GroupMember, id: FeedbackId) -> Result<bool> {
    let (me, key) = (member.participation_id(), key(member, id));
    let mut tx = app.db.begin().await?;
    feedback::lock(&mut tx, key).await?;
    let Some(Said { item, second: Some(second) }) = read_said(&mut tx, member, id).await? else { return Ok(false) };
    let wording = Wording {
        not_agreed: second.not_agreed,
        texts: second.texts.into_iter().map(|text| (text.element_id, text.words)).collect(),
    };
    let (who, words) = ((item.feedback.receiver_id, me), (wording.texts.as_slice(), wording.not_agreed.as_str()));
    if !feedback::accept_said(&mut tx, key, who, words, app.clock.now()).await? {
        return Ok(false);
    }
    second_wordings::remove(&mut tx, of(member, &item)).await?;
    tx.commit().await?;
    Ok(true)
}
