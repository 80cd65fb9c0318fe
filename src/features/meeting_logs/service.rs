//! Saying afterwards how a meeting went.
use super::{
    model::{Eligible, Log, LogProblem, TimeSpent, next_after},
    queries,
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result, broken_constraint},
    ids::{GroupId, MeetingId, ParticipationId, ProgramId},
};
use crate::features::{
    actions::{self, OpenLine},
    agendas,
    calendar::{self, NewDetails, Planned},
    choices::{self, GoalChoice},
    fixed_times, goal_notes,
    groups::{self, OpenMember},
    meetings::{self, GroupKey, Held, Item, Meeting, NotHeldReason, NotLoggable, Which},
};
use crate::web::state::App;
use sqlx::PgConnection;
use time::{OffsetDateTime, PrimitiveDateTime};

/// What the log page shows.
#[derive(Debug)]
pub(super) struct LogView {
    pub(super) meeting: Meeting,
    pub(super) items: Vec<Item>,
    /// The open members on the day.
    pub(super) eligible: Vec<Eligible>,
    pub(super) coordinators: Vec<String>,
    /// The goals on which this member may note what moved.
    pub(super) goals: Vec<GoalChoice>,
    /// What is open of what the group said it would do.
    pub(super) actions: Vec<OpenLine>,
    /// The next meeting that is set already.
    pub(super) next: Option<Meeting>,
    /// The fixed time whose turn it is, or one rhythm on, when nothing is set.
    pub(super) suggested: Option<PrimitiveDateTime>,
}

impl LogView {
    /// Whether this member can log the meeting now, or change its log.
    pub(super) fn loggable(&self, me: ParticipationId, now: OffsetDateTime) -> std::result::Result<(), NotLoggable> {
        loggable(&self.meeting, &self.eligible, me, now)
    }
}

fn loggable(
    meeting: &Meeting,
    eligible: &[Eligible],
    me: ParticipationId,
    now: OffsetDateTime,
) -> std::result::Result<(), NotLoggable> {
    // Whoever logs reads the agenda and the line, and those are for who belonged.
    meeting.loggable(now).and_then(|()| {
        let belonged = eligible.iter().any(|person| person.id == me);
        if belonged { Ok(()) } else { Err(NotLoggable::BeforeYouJoined) }
    })
}

/// Reads what the log page shows, whatever the meeting's state.
pub(super) async fn log_view(app: &App, by: &GroupMember, id: MeetingId) -> Result<LogView> {
    let (of, now) = (GroupKey::from(by), app.clock.now());
    let mut db = app.db.acquire().await?;
    let meeting = meetings::meetings_of(&mut db, of, Which::One(id)).await?.pop().ok_or(AppError::NotFound)?;
    let next =
        meetings::meetings_of(&mut db, of, Which::ScheduledAfter(now)).await?.into_iter().find(|next| next.id != id);
    let mut items = meetings::items_of(&mut db, of, id).await?;
    for item in &mut items {
        item.keep_to(by.joined_on());
    }
    let suggested = if next.is_some() {
        None
    } else {
        let fixed = fixed_times::next_of(&mut db, by, now).await?;
        fixed.or_else(|| next_after(&meeting, by.program().rhythm_days, now))
    };
    let mut goals = choices::agreed_goals(&mut db, by).await?;
    goals.retain(|goal| !goal.title.is_empty() && goal_notes::may_write(goal.owner_id, by.participation_id()));
    Ok(LogView {
        actions: actions::open_lines(&mut db, by, now).await?,
        goals,
        items,
        eligible: queries::eligible(&mut db, of, id, meeting.day()).await?,
        coordinators: queries::coordinators(&mut db, of.program_id).await?,
        meeting,
        next,
        suggested,
    })
}

/// What became of a log.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum LogOutcome {
    Done {
        next_set: bool,
    },
    NotNow(NotLoggable),
    Wrong(LogProblem),
    /// The agenda changed under the form.
    OtherItems,
    /// Another meeting of the group is at the time of this one.
    Overlap,
    /// Another meeting of the group is at the time chosen for the next.
    NextOverlaps,
}

/// Rule 6: writes who came and what the items took, sets the next meeting, and carries what was put off.
pub(super) async fn hold(
    app: &App,
    by: &GroupMember,
    id: MeetingId,
    log: &Log,
    next: Option<&NewDetails>,
) -> Result<LogOutcome> {
    let (of, now) = (GroupKey::from(by), app.clock.now());
    let mut tx = app.db.begin().await?;
    let meeting = meetings::locked(&mut tx, of, id).await?;
    let eligible = queries::eligible(&mut tx, of, id, meeting.day()).await?;
    if let Err(why) = loggable(&meeting, &eligible, by.participation_id(), now) {
        return Ok(LogOutcome::NotNow(why));
    }
    let items = meetings::items_of(&mut tx, of, id).await?;
    if items.len() != log.items.len() || !items.iter().all(|item| log.items.iter().any(|(id, _)| *id == item.id)) {
        return Ok(LogOutcome::OtherItems);
    }
    let eligible: Vec<_> = eligible.iter().map(|person| person.id).collect();
    if let Err(problem) = log.check(&meeting, &eligible) {
        return Ok(LogOutcome::Wrong(problem));
    }
    let held = Held {
        present: &log.present,
        note: &log.note,
        actual_minutes: log.actual_minutes(&meeting),
        note_taker: log.note_taker,
    };
    let who_when = (by.participation_id(), now);
    if let Err(error) = meetings::mark_held(&mut tx, of, (id, &held), who_when).await {
        let overlaps = broken_constraint(&error) == Some(calendar::OVERLAP);
        return if overlaps { Ok(LogOutcome::Overlap) } else { Err(error) };
    }
    meetings::set_outcomes(&mut tx, of, id, &log.items).await?;
    goal_notes::add(&mut tx, by, &log.moved, now).await?;
    actions::tick(&mut tx, by, &log.acted, now).await?;
    meetings::drop_stale_copies(&mut tx, of, id, now).await?;
    // A next meeting takes what waits with it when it is set; one that was set before takes it now.
    let next_set = match next {
        Some(next) => match calendar::schedule(&mut tx, by, next, now).await? {
            Planned::Overlap => return Ok(LogOutcome::NextOverlaps),
            planned => planned == Planned::Done,
        },
        None => false,
    };
    agendas::carry_into_next(&mut tx, of, now).await?;
    tx.commit().await?;
    Ok(LogOutcome::Done { next_set })
}

/// What became of saying that a meeting was missed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NotHeldOutcome {
    Done,
    NotNow(NotLoggable),
}

/// Says that a meeting did not take place. What was carried into it goes to the next one.
pub(super) async fn not_held(
    app: &App,
    by: &GroupMember,
    id: MeetingId,
    reason: NotHeldReason,
) -> Result<NotHeldOutcome> {
    let (of, now) = (GroupKey::from(by), app.clock.now());
    let mut tx = app.db.begin().await?;
    let meeting = meetings::locked(&mut tx, of, id).await?;
    let eligible = queries::eligible(&mut tx, of, id, meeting.day()).await?;
    if let Err(why) = loggable(&meeting, &eligible, by.participation_id(), now) {
        return Ok(NotHeldOutcome::NotNow(why));
    }
    meetings::mark_not_held(&mut tx, of, (id, reason), (by.participation_id(), now)).await?;
    meetings::set_outcomes(&mut tx, of, id, &[]).await?;
    meetings::drop_stale_copies(&mut tx, of, id, now).await?;
    meetings::carry_again(&mut tx, of, id).await?;
    agendas::carry_into_next(&mut tx, of, now).await?;
    tx.commit().await?;
    Ok(NotHeldOutcome::Done)
}

/// All meetings of the group by their start, how their time went, and who can read that.
pub(super) async fn list(app: &App, by: &GroupMember) -> Result<(Vec<Meeting>, TimeSpent, Vec<OpenMember>)> {
    let of = GroupKey::from(by);
    let mut db = app.db.acquire().await?;
    let meetings = meetings::meetings_of(&mut db, of, Which::All).await?;
    let spent = time_spent(&mut db, of.program_id, of.group_id).await?;
    Ok((meetings, spent, groups::open_members(&mut db, of.program_id, of.group_id).await?))
}

/// How a group's time went in its held meetings. Only for its members.
///
/// # Errors
/// When the database does not answer.
pub async fn time_spent(db: &mut PgConnection, program_id: ProgramId, group_id: GroupId) -> Result<TimeSpent> {
    let of = GroupKey { program_id, group_id };
    let items = queries::spent_items(db, of).await?;
    Ok(TimeSpent::of(&items, queries::minutes_without_agenda(db, of).await?))
}
