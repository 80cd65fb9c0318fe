//! Saying afterwards how a meeting went.
use super::{
    model::{Eligible, Log, LogProblem, SpentItem, TOO_LONG, TimeSpent, next_after},
    queries,
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result, broken_constraint},
    ids::{AgendaItemId, MeetingId, ParticipationId},
    secret, words,
};
use crate::features::{
    actions::{self, OpenLine},
    agenda_templates,
    calendar::{self, NewDetails, Planned},
    choices::{self, GoalChoice},
    coffee, fixed_times, goal_notes,
    groups::{self, OpenMember},
    meetings::{self, GroupKey, Held, Item, Meeting, MeetingState, NotHeldReason, NotLoggable, Outcome, Which},
    timekeeping::{self, ItemTime},
};
use crate::web::state::App;
use sqlx::PgConnection;
use time::{OffsetDateTime, PrimitiveDateTime};

/// What the log page shows.
#[derive(Debug)]
pub(super) struct LogView {
    pub(super) meeting: Meeting,
    pub(super) items: Vec<Item>,
    /// What was timed while it ran; nothing once it is logged.
    pub(super) times: Vec<ItemTime>,
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
    /// What a form that is drawn from this sends back.
    pub(super) fn fingerprint(&self) -> String {
        fingerprint(&self.meeting, &self.eligible, &self.items)
    }

    /// "Three of you, 60 minutes, “Bring the timer”", for whoever would write over it.
    pub(super) fn stands(&self) -> String {
        match self.meeting.state {
            MeetingState::Held => {
                let came = words::capital(&words::number(self.eligible.iter().filter(|person| person.came).count()));
                let minutes = self.meeting.actual_minutes.unwrap_or_default();
                let line = &self.meeting.note;
                let line = if line.is_empty() { "no notes".to_owned() } else { format!("“{line}”") };
                format!("{came} of you, {minutes} minutes, {line}")
            }
            _ => "You did not meet".to_owned(),
        }
    }

    /// Whether this member can log the meeting now, or change its log.
    pub(super) fn loggable(&self, me: ParticipationId, now: OffsetDateTime) -> std::result::Result<(), NotLoggable> {
        loggable(&self.meeting, &self.eligible, me, now)
    }
}

/// Whether a member can log a meeting now, of which these were the open members on the day, or change its log.
///
/// # Errors
/// [`NotLoggable`]
pub fn loggable(
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
    let times =
        if meeting.waits_for_log(now) { timekeeping::times_of(&mut db, of.program_id, id).await? } else { Vec::new() };
    Ok(LogView {
        times,
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

/// What became of saying how a meeting went.
#[derive(Debug, PartialEq, Eq)]
pub enum Logged {
    Done,
    NotNow(NotLoggable),
    Wrong(LogProblem),
    /// The agenda changed under the form.
    OtherItems,
    /// Another meeting of the group is at the time of this one.
    Overlap,
    /// The same people have logged a meeting on this day already, which began then.
    SamePeople(PrimitiveDateTime),
    /// Somebody else logged it since the form was drawn.
    Stale,
}

impl Logged {
    /// The field that a refusal belongs to, and its words; `None` when there is nothing to say at a field.
    #[must_use]
    pub fn message(&self) -> Option<(&'static str, String)> {
        match self {
            Self::Done | Self::NotNow(_) => None,
            Self::Stale => Some(("came", "One of you logged this meeting while you wrote".to_owned())),
            Self::Wrong(problem) => Some((problem.field(), problem.message().to_owned())),
            Self::OtherItems => Some(("minutes", "The agenda changed while you wrote. Look at it again".to_owned())),
            Self::Overlap => Some(("came", "Your group has logged another meeting at this time".to_owned())),
            Self::SamePeople(began) => {
                let at = words::clock_time(began.time());
                Some((
                    "again",
                    format!("The same people have logged a meeting on this day already, at {at}. Was this another?"),
                ))
            }
        }
    }
}

/// What tells one state of a log from another, for a form that is sent later.
fn fingerprint(meeting: &Meeting, eligible: &[Eligible], items: &[Item]) -> String {
    let came: Vec<_> = eligible.iter().filter(|person| person.came).map(|person| person.id).collect();
    let spent: Vec<_> = items.iter().map(|item| (item.id, item.state, item.actual_minutes)).collect();
    let state = (meeting.state, meeting.not_held_reason, meeting.actual_minutes, &meeting.note, came, spent);
    secret::hex(&secret::sha256(format!("{state:?}").as_bytes())[..8])
}

/// Whether a log is what stands already.
fn says_the_same(log: &Log, meeting: &Meeting, eligible: &[Eligible], items: &[Item]) -> bool {
    let came = |who: &ParticipationId| eligible.iter().any(|person| person.id == *who && person.came);
    let same_people = log.present.iter().all(came) && log.present.len() == eligible.iter().filter(|p| p.came).count();
    let same_item = |(id, outcome): &(AgendaItemId, Outcome)| {
        items
            .iter()
            .any(|item| item.id == *id && (item.state, item.actual_minutes) == (outcome.state(), outcome.minutes()))
    };
    meeting.state == MeetingState::Held
        && meeting.note == log.note
        && same_people
        && log.items.iter().all(same_item)
        && log.items.len() == items.len()
}

/// Rule 6: writes who came and what the items took. The caller holds no lock; both who says it on a page and who
/// says it by a link come through here.
///
/// # Errors
/// `NotFound` when the group has no such meeting.
pub async fn write_held(
    db: &mut PgConnection,
    of: GroupKey,
    (id, log): (MeetingId, &Log),
    (who, now): (ParticipationId, OffsetDateTime),
) -> Result<Logged> {
    let meeting = meetings::locked(db, of, id).await?;
    let eligible = queries::eligible(db, of, id, meeting.day()).await?;
    if let Err(why) = loggable(&meeting, &eligible, who, now) {
        return Ok(Logged::NotNow(why));
    }
    let items = meetings::items_of(db, of, id).await?;
    if log.was.as_ref().is_some_and(|was| *was != fingerprint(&meeting, &eligible, &items)) {
        // The button pressed twice, or two who say the same, say it once.
        let same = says_the_same(log, &meeting, &eligible, &items);
        return Ok(if same { Logged::Done } else { Logged::Stale });
    }
    if items.len() != log.items.len() || !items.iter().all(|item| log.items.iter().any(|(id, _)| *id == item.id)) {
        return Ok(Logged::OtherItems);
    }
    let eligible: Vec<_> = eligible.iter().map(|person| person.id).collect();
    if let Err(problem) = log.check(&meeting, &eligible) {
        return Ok(Logged::Wrong(problem));
    }
    if meeting.state != MeetingState::Held
        && !log.is_another
        && let Some(began) = queries::same_people(db, of, (id, meeting.day()), &log.present).await?
    {
        return Ok(Logged::SamePeople(began));
    }
    let held = Held {
        present: &log.present,
        note: &log.note,
        actual_minutes: log.actual_minutes(&meeting),
        note_taker: log.note_taker,
    };
    if let Err(error) = meetings::mark_held(db, of, (id, &held), (who, now)).await {
        let overlaps = broken_constraint(&error) == Some(calendar::OVERLAP);
        return if overlaps { Ok(Logged::Overlap) } else { Err(error) };
    }
    meetings::set_outcomes(db, of, id, &log.items).await?;
    timekeeping::forget(db, of.program_id, id).await?;
    meetings::drop_stale_copies(db, of, id, now).await?;
    Ok(Logged::Done)
}

/// The log that says it went as planned, but for what was timed, and for what was skipped, which is let go.
#[must_use]
pub fn as_planned(items: &[Item], times: &[ItemTime], present: Vec<ParticipationId>) -> Log {
    let outcome = |item: &Item| {
        let time = times.iter().find(|time| time.item_id == item.id);
        let outcome = match time {
            Some(time) if time.skipped => Outcome::Skipped,
            time => Outcome::Done(time.and_then(ItemTime::minutes).unwrap_or(item.planned_minutes)),
        };
        (item.id, outcome)
    };
    let mut outcomes: Vec<_> = items.iter().map(outcome).collect();
    let spent: i32 =
        outcomes.iter().map(|(_, outcome)| if let Outcome::Done(minutes) = outcome { *minutes } else { 0 }).sum();
    // A clock that nobody stopped, or of which everything was skipped, says nothing.
    if !(1..TOO_LONG).contains(&spent) {
        outcomes = items.iter().map(|item| (item.id, Outcome::Done(item.planned_minutes))).collect();
    }
    Log {
        present,
        items: outcomes,
        note: String::new(),
        note_taker: None,
        moved: Vec::new(),
        acted: Vec::new(),
        is_another: false,
        was: None,
    }
}

/// What became of a log on the page, which also sets the next meeting.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum LogOutcome {
    Done {
        next_set: bool,
    },
    /// Nothing was written.
    Refused(Logged),
    /// Another meeting of the group is at the time chosen for the next.
    NextOverlaps,
}

/// Writes a log, sets the next meeting, and carries what was put off.
pub(super) async fn hold(
    app: &App,
    by: &GroupMember,
    id: MeetingId,
    log: &Log,
    next: Option<&NewDetails>,
) -> Result<LogOutcome> {
    let (of, now) = (GroupKey::from(by), app.clock.now());
    let mut tx = app.db.begin().await?;
    match write_held(&mut tx, of, (id, log), (by.participation_id(), now)).await? {
        Logged::Done => {}
        refused => return Ok(LogOutcome::Refused(refused)),
    }
    goal_notes::add(&mut tx, by, &log.moved, now).await?;
    actions::tick(&mut tx, by, &log.acted, now).await?;
    // A next meeting takes what waits with it when it is set; one that was set before takes it now.
    let next_set = match next {
        Some(next) => match calendar::schedule(&mut tx, by, next, now).await? {
            Planned::Overlap => return Ok(LogOutcome::NextOverlaps),
            planned => planned == Planned::Done,
        },
        None => false,
    };
    agenda_templates::carry_into_next(&mut tx, of, now).await?;
    tx.commit().await?;
    Ok(LogOutcome::Done { next_set })
}

/// Says that a meeting did not take place. What was carried into it goes to the next one.
///
/// # Errors
/// `NotFound` when the group has no such meeting.
pub async fn write_not_held(
    db: &mut PgConnection,
    of: GroupKey,
    (id, reason, was): (MeetingId, NotHeldReason, Option<&str>),
    (who, now): (ParticipationId, OffsetDateTime),
) -> Result<Logged> {
    let meeting = meetings::locked(db, of, id).await?;
    let eligible = queries::eligible(db, of, id, meeting.day()).await?;
    if let Err(why) = loggable(&meeting, &eligible, who, now) {
        return Ok(Logged::NotNow(why));
    }
    let items = meetings::items_of(db, of, id).await?;
    if was.is_some_and(|was| was != fingerprint(&meeting, &eligible, &items)) {
        let same = meeting.not_held_reason == Some(reason);
        return Ok(if same { Logged::Done } else { Logged::Stale });
    }
    meetings::mark_not_held(db, of, (id, reason), (who, now)).await?;
    meetings::set_outcomes(db, of, id, &[]).await?;
    timekeeping::forget(db, of.program_id, id).await?;
    meetings::drop_stale_copies(db, of, id, now).await?;
    meetings::carry_again(db, of, id).await?;
    agenda_templates::carry_into_next(db, of, now).await?;
    Ok(Logged::Done)
}

/// `write_not_held` for a member on the page.
pub(super) async fn not_held(
    app: &App,
    by: &GroupMember,
    id: MeetingId,
    (reason, was): (NotHeldReason, Option<&str>),
) -> Result<Logged> {
    let mut tx = app.db.begin().await?;
    let who_when = (by.participation_id(), app.clock.now());
    let done = write_not_held(&mut tx, GroupKey::from(by), (id, reason, was), who_when).await?;
    tx.commit().await?;
    Ok(done)
}

/// All meetings of a group by their start, how their time went, who can read that, and what that gives rise to.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) meetings: Vec<Meeting>,
    pub(super) spent: TimeSpent,
    pub(super) members: Vec<OpenMember>,
    pub(super) coffee: Option<coffee::Offer>,
}

/// The meetings of the member's group.
pub(super) async fn list(app: &App, by: &GroupMember) -> Result<Listed> {
    let of = GroupKey::from(by);
    let mut db = app.db.acquire().await?;
    let meetings = meetings::meetings_of(&mut db, of, Which::All).await?;
    let spent = time_spent(&meetings, &queries::spent_items(&mut db, of).await?);
    let members = groups::open_members(&mut db, of.program_id, of.group_id).await?;
    Ok(Listed { meetings, spent, members, coffee: coffee::offered(&mut db, by).await? })
}

/// How the time of these meetings went, by the items of those that were held; where one had none, by how long it took.
fn time_spent(meetings: &[Meeting], items: &[SpentItem]) -> TimeSpent {
    let bare = |meeting: &&Meeting| !items.iter().any(|item| item.meeting_id == meeting.id);
    let held = meetings.iter().filter(|meeting| meeting.state == MeetingState::Held).filter(bare);
    TimeSpent::of(items, held.filter_map(|meeting| meeting.actual_minutes).sum())
}
