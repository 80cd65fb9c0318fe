//! Changing an agenda. Each command touches one item and holds the meeting while it does, so two
//! people at once lose nothing.
use super::super::model;
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{AgendaItemId, FieldTripId, GoalId, MeetingId, ParticipationId},
    secret,
};
use crate::features::{
    agenda_templates::{self, About, Template},
    groups,
    meetings::{self, Draft, GroupKey, Item, ItemKind, LONGEST_ITEM, Meeting},
};
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// An item as a form says it.
#[derive(Debug)]
pub(in super::super) struct ItemChange {
    pub(in super::super) kind: ItemKind,
    pub(in super::super) title: String,
    pub(in super::super) minutes: i32,
    pub(in super::super) goal_id: Option<GoalId>,
    pub(in super::super) trip_id: Option<FieldTripId>,
    pub(in super::super) lead_id: Option<ParticipationId>,
    /// How many minutes over the planner ticked.
    pub(in super::super) over: Option<i32>,
}

/// An item to add: `id` is the form's own, `before` the item it goes in front of, none for the end.
#[derive(Debug)]
pub(in super::super) struct NewItem {
    pub(in super::super) id: AgendaItemId,
    pub(in super::super) before: Option<AgendaItemId>,
    pub(in super::super) item: ItemChange,
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum AgendaOutcome {
    Done,
    /// The meeting has begun, or does not stand.
    Frozen,
    /// The agenda would be this many minutes longer than the meeting.
    RunsOver(i32),
    /// Its words are from before this member came.
    WrittenBefore,
    NoSuchGoal,
    NoSuchTrip,
    NoSuchMember,
    /// Somebody else changed the item, or for a template the agenda, since the form was drawn.
    Stale,
    /// Somebody took the item off since the form was drawn.
    Gone,
    /// The item in front of which a new one was to go is no longer there.
    PlaceGone,
    /// The form was sent before, with other words.
    SentBefore,
    /// An item does not stand beside the one that it was to change places with.
    Moved,
    /// A template would replace what was changed.
    AskFirst,
    NoTripYet,
}

/// What tells one state of an item from another, for a form that is sent later. Of the item as its reader sees it.
pub(in super::super) fn fingerprint(item: &Item) -> String {
    let state = format!(
        "{:?} {} {} {:?} {:?} {:?}",
        item.kind, item.title, item.planned_minutes, item.goal_id, item.trip_id, item.lead_id
    );
    secret::hex(&secret::sha256(state.as_bytes())[..8])
}

/// The same of a whole agenda, its order too.
pub(in super::super) fn fingerprint_of_all(items: &[Item]) -> String {
    let states: Vec<String> = items.iter().map(|item| format!("{} {}", item.id, fingerprint(item))).collect();
    secret::hex(&secret::sha256(states.join(";").as_bytes())[..8])
}

/// The agenda as this member sees it.
async fn seen(db: &mut PgConnection, by: &GroupMember, meeting_id: MeetingId) -> Result<Vec<Item>> {
    let mut items = meetings::items_of(db, GroupKey::from(by), meeting_id).await?;
    for item in &mut items {
        item.keep_to(by.joined_on());
    }
    Ok(items)
}

fn same(item: &Item, draft: &Draft) -> bool {
    (item.kind, &item.title, item.planned_minutes) == (draft.kind, &draft.title, draft.minutes)
        && (item.goal_id, item.trip_id, item.lead_id) == (draft.goal_id, draft.trip_id, draft.lead_id)
}

/// Adds an item; sent twice, it is added once. The same form with other words is told so.
pub(in super::super) async fn add_item(
    app: &App,
    by: &GroupMember,
    meeting_id: MeetingId,
    new: &NewItem,
) -> Result<AgendaOutcome> {
    let of = GroupKey::from(by);
    let mut tx = app.db.begin().await?;
    let meeting = meetings::locked(&mut tx, of, meeting_id).await?;
    if !meeting.can_change(app.clock.now()) {
        return Ok(AgendaOutcome::Frozen);
    }
    let items = seen(&mut tx, by, meeting_id).await?;
    let draft = match checked(&mut tx, by, &meeting, &new.item, app.clock.now()).await? {
        Ok(draft) => draft,
        Err(refused) => return Ok(refused),
    };
    if let Some(there) = items.iter().find(|item| item.id == new.id) {
        return Ok(if same(there, &draft) { AgendaOutcome::Done } else { AgendaOutcome::SentBefore });
    }
    let place = match new.before {
        None => items.len(),
        Some(before) => match items.iter().position(|item| item.id == before) {
            Some(place) => place,
            None => return Ok(AgendaOutcome::PlaceGone),
        },
    };
    let sum: i32 = items.iter().map(|item| item.planned_minutes).sum();
    if let Err(refused) = settle_sum(&mut tx, of, &meeting, (sum, sum + draft.minutes, new.item.over)).await? {
        return Ok(refused);
    }
    let place = i32::try_from(place).map_err(AppError::internal)? + 1;
    meetings::make_place(&mut tx, of, meeting_id, place, 1).await?;
    // The id may be that of an item on another agenda, where the form was sent before.
    if !meetings::insert_items(&mut tx, of, meeting_id, (new.id, place), &[draft]).await? {
        return Ok(AgendaOutcome::SentBefore);
    }
    tx.commit().await?;
    Ok(AgendaOutcome::Done)
}

/// Changes one item. `was` is its fingerprint when the form was drawn.
pub(in super::super) async fn change_item(
    app: &App,
    by: &GroupMember,
    (meeting_id, id): (MeetingId, AgendaItemId),
    to: &ItemChange,
    was: &str,
) -> Result<AgendaOutcome> {
    let of = GroupKey::from(by);
    let mut tx = app.db.begin().await?;
    let meeting = meetings::locked(&mut tx, of, meeting_id).await?;
    if !meeting.can_change(app.clock.now()) {
        return Ok(AgendaOutcome::Frozen);
    }
    let items = seen(&mut tx, by, meeting_id).await?;
    let Some(item) = items.iter().find(|item| item.id == id) else { return Ok(AgendaOutcome::Gone) };
    if item.was_before_me {
        return Ok(AgendaOutcome::WrittenBefore);
    }
    let draft = match checked(&mut tx, by, &meeting, to, app.clock.now()).await? {
        Ok(draft) => draft,
        Err(refused) => return Ok(if fingerprint(item) == was { refused } else { AgendaOutcome::Stale }),
    };
    if same(item, &draft) {
        return Ok(AgendaOutcome::Done);
    }
    if fingerprint(item) != was {
        return Ok(AgendaOutcome::Stale);
    }
    let sum: i32 = items.iter().map(|item| item.planned_minutes).sum();
    let after = sum - item.planned_minutes + draft.minutes;
    if let Err(refused) = settle_sum(&mut tx, of, &meeting, (sum, after, to.over)).await? {
        return Ok(refused);
    }
    meetings::change_item(&mut tx, of, meeting_id, (id, &draft)).await?;
    tx.commit().await?;
    Ok(AgendaOutcome::Done)
}

/// One step up or down. `past` is the item with which it was to change places when the form was drawn; none at
/// the end of the list, where nothing happens.
pub(in super::super) async fn move_item(
    app: &App,
    by: &GroupMember,
    (meeting_id, id): (MeetingId, AgendaItemId),
    (up, past): (bool, Option<AgendaItemId>),
) -> Result<AgendaOutcome> {
    let of = GroupKey::from(by);
    let mut tx = app.db.begin().await?;
    if !meetings::locked(&mut tx, of, meeting_id).await?.can_change(app.clock.now()) {
        return Ok(AgendaOutcome::Frozen);
    }
    let items = meetings::items_of(&mut tx, of, meeting_id).await?;
    let Some(at) = items.iter().position(|item| item.id == id) else { return Ok(AgendaOutcome::Gone) };
    let other = if up { at.checked_sub(1) } else { Some(at + 1) }.and_then(|other| items.get(other));
    if other.map(|other| other.id) != past {
        return Ok(AgendaOutcome::Moved);
    }
    if let Some(past) = past {
        meetings::swap_items(&mut tx, of, meeting_id, (id, past)).await?;
    }
    tx.commit().await?;
    Ok(AgendaOutcome::Done)
}

/// Takes one item off, as it was when the form was drawn.
pub(in super::super) async fn remove_item(
    app: &App,
    by: &GroupMember,
    (meeting_id, id): (MeetingId, AgendaItemId),
    was: &str,
) -> Result<AgendaOutcome> {
    let of = GroupKey::from(by);
    let mut tx = app.db.begin().await?;
    let meeting = meetings::locked(&mut tx, of, meeting_id).await?;
    if !meeting.can_change(app.clock.now()) {
        return Ok(AgendaOutcome::Frozen);
    }
    let items = seen(&mut tx, by, meeting_id).await?;
    let Some(item) = items.iter().find(|item| item.id == id) else { return Ok(AgendaOutcome::Done) };
    if fingerprint(item) != was {
        return Ok(AgendaOutcome::Stale);
    }
    meetings::remove_item(&mut tx, of, meeting_id, id).await?;
    // Closes the gap.
    meetings::make_place(&mut tx, of, meeting_id, i32::MAX, 0).await?;
    let sum: i32 = items.iter().filter(|item| item.id != id).map(|item| item.planned_minutes).sum();
    meetings::set_overrun(&mut tx, of, meeting_id, sum > meeting.minutes()).await?;
    tx.commit().await?;
    Ok(AgendaOutcome::Done)
}

/// Starts the agenda again from a template, instead of the agenda as it was when the form was drawn; what was
/// carried into the meeting stays on top.
pub(in super::super) async fn use_template(
    app: &App,
    by: &GroupMember,
    meeting_id: MeetingId,
    (template, confirmed): (Template, bool),
    was: &str,
) -> Result<AgendaOutcome> {
    let of = GroupKey::from(by);
    let mut tx = app.db.begin().await?;
    let meeting = meetings::locked(&mut tx, of, meeting_id).await?;
    if !meeting.can_change(app.clock.now()) {
        return Ok(AgendaOutcome::Frozen);
    }
    let items = seen(&mut tx, by, meeting_id).await?;
    if fingerprint_of_all(&items) != was {
        return Ok(AgendaOutcome::Stale);
    }
    let members = groups::open_members(&mut tx, of.program_id, of.group_id).await?;
    let about = About::of(&meeting, &items);
    let material = agenda_templates::material(&mut tx, by, &about, &members, app.clock.now()).await?;
    if !confirmed && !agenda_templates::is_untouched(&items, &material) {
        return Ok(AgendaOutcome::AskFirst);
    }
    let Some(drafts) = agenda_templates::drafts(template, &material) else { return Ok(AgendaOutcome::NoTripYet) };
    meetings::remove_own_items(&mut tx, of, meeting_id).await?;
    let first = items.iter().filter(|item| item.carried).count();
    meetings::make_place(&mut tx, of, meeting_id, i32::MAX, 0).await?;
    let position = i32::try_from(first).map_err(AppError::internal)? + 1;
    meetings::insert_items(&mut tx, of, meeting_id, (AgendaItemId::generate(), position), &drafts).await?;
    let sum: i32 = drafts.iter().map(|draft| draft.minutes).sum::<i32>() + about.carried;
    meetings::set_overrun(&mut tx, of, meeting_id, sum > meeting.minutes()).await?;
    tx.commit().await?;
    Ok(AgendaOutcome::Done)
}

/// Rule 1: what an item names is of this group.
async fn checked(
    db: &mut PgConnection,
    by: &GroupMember,
    meeting: &Meeting,
    to: &ItemChange,
    now: OffsetDateTime,
) -> Result<Result<Draft, AgendaOutcome>> {
    let of = GroupKey::from(by);
    let goal_id = to.goal_id.filter(|_| to.kind == ItemKind::GoalWork);
    let trip_id = to.trip_id.filter(|_| to.kind == ItemKind::Trip);
    let members = groups::open_members(db, of.program_id, of.group_id).await?;
    let goals = agenda_templates::goals(db, by).await?;
    if to.kind == ItemKind::GoalWork && !goals.iter().any(|goal| Some(goal.id) == goal_id) {
        return Ok(Err(AgendaOutcome::NoSuchGoal));
    }
    let trips = agenda_templates::trips(db, by).await?;
    if to.kind == ItemKind::Trip && !trips.iter().any(|trip| Some(trip.id) == trip_id) {
        return Ok(Err(AgendaOutcome::NoSuchTrip));
    }
    if to.lead_id.is_some_and(|lead| !members.iter().any(|member| member.participation_id == lead)) {
        return Ok(Err(AgendaOutcome::NoSuchMember));
    }
    let themes = match to.kind {
        ItemKind::Theme => {
            agenda_templates::around(db, by, (meeting.id, meeting.starts_at, meeting.day()), meeting.day()).await?.theme
        }
        _ => Vec::new(),
    };
    Ok(Ok(Draft {
        kind: to.kind,
        title: to.title.clone(),
        minutes: to.minutes.clamp(1, LONGEST_ITEM),
        goal_id,
        trip_id,
        theme_id: themes.first().and_then(|theme| theme.id),
        lead_id: to.lead_id,
        carried_from: None,
        worded_at: now,
    }))
}

/// Rule 1: planned minutes fit, or the planner lets them run over.
async fn settle_sum(
    db: &mut PgConnection,
    of: GroupKey,
    meeting: &Meeting,
    (before, after, confirmed): (i32, i32, Option<i32>),
) -> Result<Result<(), AgendaOutcome>> {
    let length = meeting.minutes();
    if !model::may_run_over(before - length, after - length, confirmed) {
        return Ok(Err(AgendaOutcome::RunsOver(after - length)));
    }
    meetings::set_overrun(db, of, meeting.id, after > length).await?;
    Ok(Ok(()))
}
