//! Writing, reading through, sharing, taking back, throwing away. Every open member may give to every other.
use super::{
    email,
    model::{self, Between},
    queries,
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{ElementId, FeedbackId, ParticipationId},
    local_time, text,
};
use crate::features::{
    choices,
    feedback::{self, Feedback, Item, Pair, Standing, Text, Typed, Window, Writing, key, read_in},
    groups::{self, OpenMember},
    off_limits,
};
use crate::web::{form::Errors, state::App};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Today, as the program counts days.
fn today(app: &App, member: &GroupMember) -> Date {
    local_time::day_in(&member.program().time_zone, app.clock.now())
}

/// A draft that was kept as it is typed.
#[derive(Debug)]
pub(super) struct Kept {
    /// Where it is now.
    pub(super) id: FeedbackId,
    /// Another window had kept the draft meanwhile, or shared it: this became a draft of its own.
    pub(super) is_copy: bool,
    pub(super) at: OffsetDateTime,
}

/// Keeps a draft as it is typed, begun or half-way, whatever stands in its boxes. Nothing typed is ever
/// refused or lost: of two windows the second one gets a draft of its own. `None` when there is nobody
/// like that to write to.
///
/// # Errors
/// `NotFound` when the id belongs to somebody else's item.
pub(super) async fn keep(app: &App, member: &GroupMember, id: FeedbackId, typed: &Typed) -> Result<Option<Kept>> {
    let mut tx = app.db.begin().await?;
    let Some(pair) = pair(&mut tx, member, id, typed).await? else { return Ok(None) };
    let kept = keep_in(&mut tx, (member, id), pair, typed, app.clock.now()).await?;
    tx.commit().await?;
    Ok(Some(kept))
}

async fn keep_in(
    db: &mut PgConnection,
    (member, id): (&GroupMember, FeedbackId),
    pair: Pair,
    typed: &Typed,
    now: OffsetDateTime,
) -> Result<Kept> {
    let value = typed.to_value();
    let writing = (Writing::AsTyped(typed.format(), &value), window(typed));
    if feedback::put_draft(db, key(member, id), pair, writing, now).await? {
        return Ok(Kept { id, is_copy: false, at: now });
    }
    let id = FeedbackId::generate();
    feedback::put_draft(db, key(member, id), pair, writing, now).await?;
    Ok(Kept { id, is_copy: true, at: now })
}

/// From whom to whom an item goes, or one that is begun now would go.
async fn pair(db: &mut PgConnection, member: &GroupMember, id: FeedbackId, typed: &Typed) -> Result<Option<Pair>> {
    let me = member.participation_id();
    if let Some(item) = feedback::find(db, key(member, id)).await? {
        let ours = item.giver_id == me;
        return if ours { Ok(Some(Pair { giver: me, receiver: item.receiver_id })) } else { Err(AppError::NotFound) };
    }
    let Some(to) = ParticipationId::parse(typed.get("to")) else { return Ok(None) };
    let members = groups::open_members(db, member.program_id(), member.group_id()).await?;
    Ok(other_member(&members, me, to).map(|_| Pair { giver: me, receiver: to }))
}

fn window(typed: &Typed) -> Window {
    Window {
        id: Uuid::parse_str(typed.get("window")).unwrap_or_else(|_| Uuid::new_v4()),
        after: typed.get("after").parse().unwrap_or(0),
    }
}

/// What became of a draft that was sent to be read through.
#[derive(Debug)]
pub(super) enum Saved {
    Done,
    Refused(Errors, Box<Between>),
    /// The person is no other open member of the group.
    NotToThem,
    /// Another window kept the draft meanwhile, or shared it: this became a draft of its own.
    Copied(FeedbackId),
}

/// Saves a draft that could be shared as it stands. The same form sent twice makes one.
///
/// # Errors
/// `NotFound` when the id belongs to somebody else's item.
pub(super) async fn save(app: &App, member: &GroupMember, id: FeedbackId, typed: &Typed) -> Result<Saved> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let Some(pair) = pair(&mut tx, member, id, typed).await? else { return Ok(Saved::NotToThem) };
    let Some(between) = read_between(&mut tx, app, member, pair.receiver).await? else {
        return Ok(Saved::NotToThem);
    };
    let draft = match model::read(typed, &between) {
        Ok(draft) => draft,
        Err(errors) => return Ok(Saved::Refused(errors, Box::new(between))),
    };
    let writing = (Writing::Checked(&draft), window(typed));
    let done = if feedback::put_draft(&mut tx, key(member, id), pair, writing, now).await? {
        Saved::Done
    } else {
        Saved::Copied(keep_in(&mut tx, (member, id), pair, typed, now).await?.id)
    };
    tx.commit().await?;
    Ok(done)
}

/// Drafts that the member began to somebody, the newest first: where each is, and when it was kept.
pub(super) async fn begun_to(
    app: &App,
    member: &GroupMember,
    to: ParticipationId,
) -> Result<Vec<(FeedbackId, OffsetDateTime)>> {
    let mut db = app.db.acquire().await?;
    queries::begun_to(&mut db, member, to).await
}

/// A draft of the member's, to go on with.
#[derive(Debug)]
pub(super) struct Begun {
    pub(super) item: Item,
    pub(super) typed: Typed,
    /// It was not read through since it was changed.
    pub(super) is_open: bool,
    /// What the receiver wants left alone.
    pub(super) off_limits: Vec<String>,
}

/// What was typed so far; `None` when it is no draft any more.
///
/// # Errors
/// `NotFound` when there is no such item for this member.
pub(super) async fn begun(app: &App, member: &GroupMember, id: FeedbackId) -> Result<Option<Begun>> {
    let mut db = app.db.acquire().await?;
    let item = read_in(&mut db, member, id).await?;
    let kept = feedback::kept_draft(&mut db, key(member, id), member.participation_id()).await?;
    let Some(kept) = kept else { return Ok(None) };
    let is_open = kept.typed.is_some();
    let mut typed = kept.typed.as_ref().map_or_else(|| model::typed_of(&item), Typed::of_value);
    typed.set("id", id.to_string());
    typed.set("to", item.feedback.receiver_id.to_string());
    typed.set("after", kept.kept_times.to_string());
    typed.set("window", Uuid::new_v4().to_string());
    let off_limits = off_limits::of_person(&mut db, member.program_id(), item.feedback.receiver_id).await?;
    Ok(Some(Begun { item, typed, is_open, off_limits }))
}

/// What became of a sharing.
#[derive(Debug)]
pub(super) enum Shared {
    Done,
    Late,
    /// It was changed since it was read through.
    ReadAgain,
    Refused(Errors),
}

/// `draft → shared`, if everything still holds; the receiver is told.
///
/// # Errors
/// `NotFound` when there is no such item for this member.
pub(super) async fn share(app: &App, member: &GroupMember, id: FeedbackId) -> Result<Shared> {
    let mut tx = app.db.begin().await?;
    let key = key(member, id);
    feedback::lock(&mut tx, key).await?;
    let item = read_in(&mut tx, member, id).await?;
    if item.standing != Standing::Draft {
        return Ok(Shared::Late);
    }
    if item.feedback.happened_on.is_none() {
        // Changed in another window since it was read through.
        return Ok(Shared::ReadAgain);
    }
    let between = read_between(&mut tx, app, member, item.feedback.receiver_id).await?;
    let errors = what_keeps_it(&item.feedback, &item.texts, between.as_ref());
    let Some(between) = between.filter(|_| errors.is_empty()) else { return Ok(Shared::Refused(errors)) };
    let now = app.clock.now();
    if !feedback::share_draft(&mut tx, key, between.giver, now).await? {
        return Ok(Shared::Late);
    }
    email::tell_receiver(&mut tx, key, &between.other_zone, now).await?;
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
    let Some(day) = item.happened_on else { return errors };
    if let Err(words) = model::check_day(between, day) {
        errors.add("share", words);
    }
    let mut written = texts.iter().filter(|text| !text.words.is_empty()).peekable();
    if written.peek().is_none() {
        let whose = &between.receiver_first;
        errors.add("share", format!("Write about at least one of the things {whose} agreed to hear about"));
    }
    for text in written {
        let known = between.elements.iter().find(|element| element.id == text.element_id);
        match known.map(|element| model::check_element(element, day)) {
            Some(Ok(())) => {}
            Some(Err(words)) => errors.add("share", words),
            None => errors.add("share", format!("“{}” is no longer agreed", text.title)),
        }
    }
    errors
}

/// `shared → draft`; `false` when it can no longer be taken back.
///
/// # Errors
/// `NotFound` when there is no such item of this giver's.
pub(super) async fn take_back(app: &App, member: &GroupMember, id: FeedbackId) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    let item = read_in(&mut tx, member, id).await?;
    if item.feedback.giver_id != member.participation_id() {
        return Err(AppError::NotFound);
    }
    let done = feedback::take_back(&mut tx, key(member, id), member.participation_id()).await?;
    tx.commit().await?;
    // Pressing the button twice takes it back once.
    Ok(done || item.standing == Standing::Draft)
}

/// Throws a draft away; `false` when it is no draft any more.
///
/// # Errors
/// `NotFound` when there is no such item of this giver's.
pub(super) async fn discard(app: &App, member: &GroupMember, id: FeedbackId) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    let item = read_in(&mut tx, member, id).await?;
    if item.feedback.giver_id != member.participation_id() {
        return Err(AppError::NotFound);
    }
    let done = feedback::discard_draft(&mut tx, key(member, id), member.participation_id()).await?;
    tx.commit().await?;
    Ok(done)
}

/// Somebody to write to, with what they agreed to hear about.
#[derive(Debug)]
pub(crate) struct Someone {
    pub(crate) id: ParticipationId,
    pub(crate) first_name: String,
    pub(crate) elements: Vec<(ElementId, String)>,
}

/// The other open members of the group.
pub(crate) async fn others(app: &App, member: &GroupMember) -> Result<Vec<Someone>> {
    let mut db = app.db.acquire().await?;
    let members = groups::open_members(&mut db, member.program_id(), member.group_id()).await?;
    let elements = choices::agreed_elements(&mut db, member).await?;
    Ok(members
        .iter()
        .filter(|other| other.participation_id != member.participation_id())
        .map(|other| Someone {
            id: other.participation_id,
            first_name: other.first_name().to_owned(),
            elements: elements
                .iter()
                .filter(|element| element.about_id == other.participation_id)
                .map(|element| (element.id, element.title.clone()))
                .collect(),
        })
        .collect())
}

/// What has to be known before the member writes to that person; `None` when the person is no
/// other open member of the group.
pub(super) async fn between(app: &App, member: &GroupMember, to: ParticipationId) -> Result<Option<Between>> {
    let mut db = app.db.acquire().await?;
    read_between(&mut db, app, member, to).await
}

/// What has to be known before the member writes to that person, inside a transaction.
///
/// # Errors
/// When the database does not answer.
pub async fn read_between(
    db: &mut PgConnection,
    app: &App,
    member: &GroupMember,
    to: ParticipationId,
) -> Result<Option<Between>> {
    let pair = Pair { giver: member.participation_id(), receiver: to };
    read_pair(db, app, member, pair).await
}

/// As [`read_between`], where the member writes down what the other said to them.
///
/// # Errors
/// When the database does not answer.
pub async fn read_between_from(
    db: &mut PgConnection,
    app: &App,
    member: &GroupMember,
    from: ParticipationId,
) -> Result<Option<Between>> {
    let pair = Pair { giver: from, receiver: member.participation_id() };
    read_pair(db, app, member, pair).await
}

async fn read_pair(db: &mut PgConnection, app: &App, member: &GroupMember, pair: Pair) -> Result<Option<Between>> {
    let (program_id, group_id, me) = (member.program_id(), member.group_id(), member.participation_id());
    let Pair { giver, receiver } = pair;
    let members = groups::open_members(db, program_id, group_id).await?;
    let id = if giver == me { receiver } else { giver };
    let Some(other) = other_member(&members, me, id) else { return Ok(None) };
    let other_first = text::first_name(&other.name).to_owned();
    let today = today(app, member);
    Ok(Some(Between {
        giver,
        receiver,
        receiver_first: if receiver == me { "you".to_owned() } else { other_first.clone() },
        other_first,
        other_zone: other.time_zone.clone(),
        memberships: queries::memberships_of(db, program_id, group_id, [giver, receiver]).await?,
        elements: queries::elements_of(db, member, receiver, today).await?,
        off_limits: off_limits::of_person(db, program_id, receiver).await?,
        occasions: queries::occasions(db, program_id, group_id).await?,
        today,
    }))
}

fn other_member(members: &[OpenMember], me: ParticipationId, to: ParticipationId) -> Option<&OpenMember> {
    members.iter().find(|member| member.participation_id == to && to != me)
}
