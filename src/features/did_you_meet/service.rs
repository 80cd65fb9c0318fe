//! Answering for a group whether it met. Whoever answers first settles it; nothing said before is overwritten.
use super::{
    link::AskHolder,
    queries::{self, Asked},
};
use crate::base::{
    error::{AppError, Result, broken_constraint},
    ids::{MeetingId, ParticipationId},
};
use crate::features::{
    calendar::{OVERLAP, When},
    groups,
    meeting_letters::{self, News, Telling},
    meeting_logs::{self, Eligible, Logged},
    meetings::{self, AtMeeting, Details, GroupKey, Item, Meeting, MeetingState, NotHeldReason, Which},
    timekeeping::{self, ItemTime},
};
use crate::web::state::App;
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

impl Asked {
    /// It has begun, nobody has answered, and somebody still may.
    pub(super) fn waits(&self, now: OffsetDateTime) -> bool {
        self.state == MeetingState::Scheduled && self.starts_at <= now && self.program_state.is_running()
    }
}

/// What the page asks from.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) meeting: Meeting,
    pub(super) items: Vec<Item>,
    pub(super) times: Vec<ItemTime>,
    /// The open members on the day.
    pub(super) eligible: Vec<Eligible>,
}

/// What is asked, to the holder of a link.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn question(app: &App, by: &AskHolder) -> Result<Question> {
    let mut db = app.db.acquire().await?;
    let id = by.asked().meeting_id;
    let meeting = meetings::meetings_of(&mut db, by.group(), Which::One(id)).await?.pop().ok_or(AppError::DeadLink)?;
    Ok(Question {
        items: meetings::items_of(&mut db, by.group(), id).await?,
        times: timekeeping::times_of(&mut db, by.group().program_id, id).await?,
        eligible: meeting_logs::eligible(&mut db, by.group(), id, meeting.day()).await?,
        meeting,
    })
}

/// What became of an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answered {
    Done,
    /// Somebody answered before. Nothing was written.
    Before,
    Refused(Logged),
    /// The group has another meeting at the time it moved to.
    Overlap,
    /// Who answers was not in the group on the day, or on the one it moved to.
    NotThatDay,
}

impl From<Logged> for Answered {
    fn from(logged: Logged) -> Self {
        match logged {
            Logged::Done => Self::Done,
            refused => Self::Refused(refused),
        }
    }
}

/// Somebody who may answer: the holder of a link, or a member on the group's pages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Teller {
    of: GroupKey,
    id: MeetingId,
    who: ParticipationId,
}

impl Teller {
    /// # Errors
    /// `NotAllowed` when the program has ended: what it holds is changed by nobody.
    pub(super) fn holder(by: &AskHolder) -> Result<Self> {
        let asked = by.asked();
        if !asked.program_state.is_running() {
            return Err(AppError::NotAllowed("the program has ended"));
        }
        Ok(Self { of: by.group(), id: asked.meeting_id, who: asked.participation_id })
    }
    pub(super) fn member(at: &AtMeeting) -> Self {
        Self { of: GroupKey::from(&at.by), id: at.id, who: at.by.participation_id() }
    }
}

/// The meeting, held until the transaction ends; `None` when it was answered before.
async fn unanswered(db: &mut PgConnection, by: &Teller, now: OffsetDateTime) -> Result<Option<Meeting>> {
    let meeting = meetings::locked(db, by.of, by.id).await?;
    Ok(Some(meeting).filter(|meeting| meeting.waits_for_log(now)))
}

/// The meeting of a member's group.
///
/// # Errors
/// `NotFound` when the group has no such meeting.
pub(super) async fn meeting(app: &App, at: &AtMeeting) -> Result<Meeting> {
    let mut db = app.db.acquire().await?;
    let which = Which::One(at.id);
    meetings::meetings_of(&mut db, GroupKey::from(&at.by), which).await?.pop().ok_or(AppError::NotFound)
}

/// Who came, as a form says it.
#[derive(Debug)]
pub(super) struct Came {
    pub(super) present: Vec<ParticipationId>,
    pub(super) note_taker: Option<ParticipationId>,
    /// It is another meeting than the one of the same day.
    pub(super) is_another: bool,
}

/// Yes, we met: as planned or timed, without notes.
pub(super) async fn met(app: &App, by: &Teller, came: Came) -> Result<Answered> {
    let (Teller { of, id, who }, now) = (*by, app.clock.now());
    let mut tx = app.db.begin().await?;
    if unanswered(&mut tx, by, now).await?.is_none() {
        return Ok(Answered::Before);
    }
    let items = meetings::items_of(&mut tx, of, id).await?;
    let times = timekeeping::times_of(&mut tx, of.program_id, id).await?;
    let mut log = meeting_logs::as_planned(&items, &times, came.present);
    (log.note_taker, log.is_another) = (came.note_taker, came.is_another);
    let done = meeting_logs::write_held(&mut tx, of, (id, &log), (who, now)).await?;
    if done == Logged::Done {
        tx.commit().await?;
    }
    Ok(done.into())
}

/// No, and why.
pub(super) async fn not_met(app: &App, by: &Teller, reason: NotHeldReason) -> Result<Answered> {
    let (Teller { of, id, who }, now) = (*by, app.clock.now());
    let mut tx = app.db.begin().await?;
    if unanswered(&mut tx, by, now).await?.is_none() {
        return Ok(Answered::Before);
    }
    let done = meeting_logs::write_not_held(&mut tx, of, (id, reason, None), (who, now)).await?;
    if done == Logged::Done {
        tx.commit().await?;
    }
    Ok(done.into())
}

/// It moved. The meeting stays the same one, with its agenda and its roles, so that a date that only moved counts
/// nowhere as missed; everybody is told if it is still to come, and the question is asked anew after it.
pub(super) async fn moved(app: &App, by: &Teller, to: When) -> Result<Answered> {
    let (Teller { of, id, who }, now) = (*by, app.clock.now());
    let mut tx = app.db.begin().await?;
    let Some(meeting) = unanswered(&mut tx, by, now).await? else { return Ok(Answered::Before) };
    for day in [meeting.day(), to.local.date()] {
        if !meeting_logs::eligible(&mut tx, of, id, day).await?.iter().any(|one| one.id == who) {
            return Ok(Answered::NotThatDay);
        }
    }
    let details = Details {
        starts_at: to.starts_at,
        ends_at: to.starts_at + Duration::minutes(i64::from(to.minutes)),
        starts_local: to.local,
        mode: meeting.mode,
        place: &meeting.place,
        roles: meeting.roles(),
        overrun_confirmed: meeting.overrun_confirmed,
    };
    if let Err(error) = meetings::change_details(&mut tx, of, id, &details).await {
        return if broken_constraint(&error) == Some(OVERLAP) { Ok(Answered::Overlap) } else { Err(error) };
    }
    timekeeping::forget(&mut tx, of.program_id, id).await?;
    queries::note_move(&mut tx, of.program_id, id, (who, now)).await?;
    if to.starts_at > now {
        tell(&mut tx, (of, id), (who, meeting.starts_at), to.starts_at, now).await?;
    }
    tx.commit().await?;
    Ok(Answered::Done)
}

async fn tell(
    db: &mut PgConnection,
    (of, meeting_id): (GroupKey, MeetingId),
    (by_id, was): (ParticipationId, OffsetDateTime),
    starts_at: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<()> {
    let members = groups::open_members(db, of.program_id, of.group_id).await?;
    let telling = Telling { program_id: of.program_id, by_id, meeting_id, starts_at, members: &members };
    meeting_letters::tell(db, &telling, News::Moved(was), now).await
}
