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
    feedback::{self, Feedback, Pair, Standing, Text, Typed, key, read_in},
    groups::{self, OpenMember},
    off_limits,
};
use crate::web::{form::Errors, state::App};
use sqlx::PgConnection;
use time::Date;

/// Today, as the program counts days.
fn today(app: &App, member: &GroupMember) -> Date {
    local_time::day_in(&member.program().time_zone, app.clock.now())
}

/// What became of a draft.
#[derive(Debug)]
pub(super) enum Saved {
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
pub(super) async fn create(
    app: &App,
    member: &GroupMember,
    id: FeedbackId,
    typed: &Typed,
    for_later: bool,
) -> Result<Saved> {
    let mut tx = app.db.begin().await?;
    let Some(to) = ParticipationId::parse(typed.get("to")) else { return Ok(Saved::NotToThem) };
    let Some(between) = read_between(&mut tx, app, member, to).await? else { return Ok(Saved::NotToThem) };
    let draft = match model::read(typed, &between, for_later) {
        Ok(draft) => draft,
        Err(errors) => return Ok(Saved::Refused(errors, Box::new(between))),
    };
    let pair = Pair { giver: between.giver, receiver: between.receiver };
    if !feedback::insert_draft(&mut tx, key(member, id), pair, &draft, app.clock.now()).await? {
        let there = feedback::find(&mut tx, key(member, id)).await?;
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
pub(super) async fn change(
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
    let draft = match model::read(typed, &between, for_later) {
        Ok(draft) => draft,
        Err(errors) => return Ok(Saved::Refused(errors, Box::new(between))),
    };
    let pair = Pair { giver: between.giver, receiver: between.receiver };
    if !feedback::update_draft(&mut tx, key(member, id), pair, &draft).await? {
        return Ok(Saved::Late);
    }
    tx.commit().await?;
    Ok(Saved::Done)
}

/// What became of a sharing.
#[derive(Debug)]
pub(super) enum Shared {
    Done,
    Late,
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
    if let Err(words) = model::check_day(between, item.happened_on) {
        errors.add("share", words);
    }
    let mut written = texts.iter().filter(|text| !text.words.is_empty()).peekable();
    if written.peek().is_none() {
        let whose = &between.receiver_first;
        errors.add("share", format!("Write about at least one of the things {whose} agreed to hear about"));
    }
    for text in written {
        let known = between.elements.iter().find(|element| element.id == text.element_id);
        match known.map(|element| model::check_element(element, item.happened_on)) {
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

/// As [`between`], inside a transaction.
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
