//! Starting a poll, answering it, choosing a time, ending it without one.
use super::{
    email::TimePollAsked,
    link::PollHolder,
    model::{Fit, NewPoll, PollState, Standing, suggest::Member},
    queries::{self, Which},
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{MeetingId, ParticipationId, TimePollAskId, TimePollId},
    local_time,
};
use crate::features::{
    calendar::{self, NewDetails, Planned, When},
    groups::{self, OpenMember},
    meetings::{self, GroupKey},
    profiles,
};
use crate::outbox;
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What a poll is begun from.
pub(super) struct Beginning {
    /// The poll that is open already.
    pub(super) open: Option<TimePollId>,
    pub(super) members: Vec<OpenMember>,
    /// The same people, with when they say they can meet.
    pub(super) weeks: Vec<Member>,
    /// From when to when the group meets already.
    pub(super) busy: Vec<(OffsetDateTime, OffsetDateTime)>,
}

pub(super) async fn beginning(app: &App, by: &GroupMember) -> Result<Beginning> {
    let (of, mut db) = (GroupKey::from(by), app.db.acquire().await?);
    let open = queries::poll(&mut db, of, Which::Open).await?.map(|poll| poll.id);
    let members = groups::open_members(&mut db, of.program_id, of.group_id).await?;
    let ids: Vec<ParticipationId> = members.iter().map(|one| one.participation_id).collect();
    let slots = profiles::slots(&mut db, of.program_id, &ids).await?;
    let weeks = members
        .iter()
        .map(|one| Member {
            id: one.participation_id,
            time_zone: one.time_zone.clone(),
            week: slots.iter().filter(|s| s.participation_id == one.participation_id).map(|s| s.slot).collect(),
        })
        .collect();
    let ahead = meetings::meetings_of(&mut db, of, meetings::Which::ScheduledAfter(app.clock.now())).await?;
    let busy = ahead.iter().map(|meeting| (meeting.starts_at, meeting.ends_at)).collect();
    Ok(Beginning { open, members, weeks, busy })
}

/// What became of starting a poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Started {
    /// Now, or by the same form before.
    Done,
    /// The group has another that is open.
    AnotherIsOpen,
}

/// Starts a poll, and writes to everybody else in the group.
pub(super) async fn start(app: &App, by: &GroupMember, new: &NewPoll) -> Result<Started> {
    let (of, me, now) = (GroupKey::from(by), by.participation_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    if !queries::insert(&mut tx, of, new, me, now).await? {
        let before = queries::poll(&mut tx, of, Which::One(new.id)).await?.is_some();
        return Ok(if before { Started::Done } else { Started::AnotherIsOpen });
    }
    let members = groups::open_members(&mut tx, of.program_id, of.group_id).await?;
    let others = members.iter().map(|one| one.participation_id).filter(|id| *id != me);
    let asks: Vec<_> = others.map(|id| (TimePollAskId::generate(), id)).collect();
    queries::insert_asks(&mut tx, of.program_id, new.id, &asks).await?;
    let letters: Vec<_> = asks
        .iter()
        .map(|(ask_id, _)| {
            (TimePollAsked { program_id: of.program_id, ask_id: *ask_id }, format!("time_poll_asked:{ask_id}"))
        })
        .collect();
    outbox::enqueue_all(&mut tx, &letters, Some(of.program_id), now).await?;
    tx.commit().await?;
    Ok(Started::Done)
}

async fn read(db: &mut PgConnection, of: GroupKey, id: TimePollId) -> Result<Standing> {
    let poll = queries::poll(db, of, Which::One(id)).await?.ok_or(AppError::NotFound)?;
    Ok(Standing {
        slots: queries::slots(db, of.program_id, id).await?,
        said: queries::said(db, of.program_id, id).await?,
        members: groups::open_members(db, of.program_id, of.group_id).await?,
        poll,
    })
}

/// A poll as it stands, for a member of its group; one that is over, for who belonged when it began.
///
/// # Errors
/// `NotFound` when the group has no such poll, or it was over before the member came.
pub(super) async fn standing(app: &App, by: &GroupMember, id: TimePollId) -> Result<Standing> {
    let mut db = app.db.acquire().await?;
    let found = read(&mut db, GroupKey::from(by), id).await?;
    let began_on = local_time::day_in(&by.program().time_zone, found.poll.started_at);
    if found.poll.state != PollState::Open && began_on < by.joined_on() {
        return Err(AppError::NotFound);
    }
    Ok(found)
}

/// The same for the holder of a link.
pub(super) async fn standing_by_link(app: &App, by: &PollHolder) -> Result<Standing> {
    let (asked, mut db) = (by.asked(), app.db.acquire().await?);
    let of = GroupKey { program_id: asked.program_id, group_id: asked.group_id };
    read(&mut db, of, asked.poll_id).await
}

/// Whether an answer was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answered {
    Done,
    /// A time was chosen, or the poll was ended. Nothing was written.
    Ended,
}

/// Somebody who may answer a poll: a member who is signed in, or one who holds their link.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answerer {
    of: GroupKey,
    poll_id: TimePollId,
    who: ParticipationId,
}

impl Answerer {
    pub(super) fn member(by: &GroupMember, poll_id: TimePollId) -> Self {
        Self { of: GroupKey::from(by), poll_id, who: by.participation_id() }
    }
    /// # Errors
    /// `NotAllowed` when the program has ended: what it holds is changed by nobody.
    pub(super) fn holder(by: &PollHolder) -> Result<Self> {
        let asked = by.asked();
        if !asked.program_state.is_running() {
            return Err(AppError::NotAllowed("the program has ended"));
        }
        let of = GroupKey { program_id: asked.program_id, group_id: asked.group_id };
        Ok(Self { of, poll_id: asked.poll_id, who: asked.participation_id })
    }
}

/// Takes what somebody says about the times that are still to come.
pub(super) async fn answer(app: &App, by: &Answerer, answers: &[(i32, Fit)]) -> Result<Answered> {
    let mut tx = app.db.begin().await?;
    if !queries::lock(&mut tx, by.of, by.poll_id).await? {
        return Err(AppError::NotFound);
    }
    let standing = read(&mut tx, by.of, by.poll_id).await?;
    if !standing.takes_answers(app.clock.now()) {
        return Ok(Answered::Ended);
    }
    let known = |position| standing.slots.iter().any(|slot| slot.position == position);
    let answers: Vec<_> = answers.iter().copied().filter(|(position, _)| known(*position)).collect();
    queries::answer(&mut tx, by.of.program_id, by.poll_id, by.who, &answers).await?;
    tx.commit().await?;
    Ok(Answered::Done)
}

/// What became of choosing a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chosen {
    /// The meeting is set: now, or by somebody before.
    Meeting(MeetingId),
    /// The poll was ended without a time.
    Ended,
    /// It is none of the poll's times, or has passed.
    NotAhead,
    /// The group has a meeting then.
    Overlap,
}

/// Makes the meeting of one of the times, with agenda, roles and letters, and ends the poll: once, however many
/// choose at the same moment.
pub(super) async fn choose(app: &App, by: &GroupMember, id: TimePollId, position: i32) -> Result<Chosen> {
    let (of, now) = (GroupKey::from(by), app.clock.now());
    let mut tx = app.db.begin().await?;
    if !queries::lock(&mut tx, of, id).await? {
        return Err(AppError::NotFound);
    }
    let Standing { poll, slots, .. } = read(&mut tx, of, id).await?;
    match (poll.state, poll.meeting_id) {
        (PollState::Open, _) => {}
        (_, Some(meeting_id)) => return Ok(Chosen::Meeting(meeting_id)),
        (_, None) => return Ok(Chosen::Ended),
    }
    let slot = slots.iter().find(|slot| slot.position == position && slot.is_ahead(now));
    let Some(slot) = slot else { return Ok(Chosen::NotAhead) };
    let local = local_time::to_local(&by.group().time_zone, slot.starts_at);
    let new = NewDetails {
        id: MeetingId::generate(),
        when: When { local, starts_at: slot.starts_at, minutes: slot.minutes },
        mode: poll.mode,
        place: poll.place,
    };
    if calendar::schedule(&mut tx, by, &new, now).await? != Planned::Done {
        return Ok(Chosen::Overlap);
    }
    queries::end(&mut tx, of, id, (by.participation_id(), Some(new.id)), now).await?;
    tx.commit().await?;
    Ok(Chosen::Meeting(new.id))
}

/// Ends a poll without a meeting; `false` when a time was chosen before.
pub(super) async fn cancel(app: &App, by: &GroupMember, id: TimePollId) -> Result<bool> {
    let of = GroupKey::from(by);
    let mut tx = app.db.begin().await?;
    if !queries::lock(&mut tx, of, id).await? {
        return Err(AppError::NotFound);
    }
    queries::end(&mut tx, of, id, (by.participation_id(), None), app.clock.now()).await?;
    let poll = queries::poll(&mut tx, of, Which::One(id)).await?.ok_or(AppError::NotFound)?;
    tx.commit().await?;
    Ok(poll.state == PollState::Cancelled)
}

/// The open poll of a group, as its page shows it to a member.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OpenPoll {
    pub(crate) id: TimePollId,
    pub(crate) answered: bool,
    /// How many have not answered.
    pub(crate) missing: usize,
    /// All of its times have passed.
    pub(crate) is_past: bool,
}

/// The open poll of a member's group, if there is one.
pub(crate) async fn open_poll(
    db: &mut PgConnection,
    by: &GroupMember,
    now: OffsetDateTime,
) -> Result<Option<OpenPoll>> {
    let found = queries::glance(db, GroupKey::from(by), by.participation_id(), now).await?;
    Ok(found.map(|poll| OpenPoll {
        id: poll.id,
        answered: poll.answered,
        missing: usize::try_from(poll.missing).unwrap_or(0),
        is_past: poll.ahead == 0,
    }))
}
