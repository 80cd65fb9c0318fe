//! Setting, changing and cancelling a meeting.
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result, broken_constraint},
    ids::MeetingId,
    secret,
};
use crate::features::{
    agenda_templates::{self, Beginning, Template},
    agendas, fixed_times,
    groups::{self, OpenMember},
    meeting_letters::{self, News, Telling},
    meetings::{self, Details, GroupKey, Meeting, MeetingState, Mode, NewMeeting, Roles, Which, suggest_roles},
};
use crate::web::state::App;
use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime, PrimitiveDateTime};

/// Two meetings of one group at once break this.
pub const OVERLAP: &str = "meetings_of_one_group_do_not_overlap";

/// A wall time in the group's zone that exists once, and how long from then.
#[derive(Debug, Clone, Copy)]
pub struct When {
    pub local: PrimitiveDateTime,
    pub starts_at: OffsetDateTime,
    pub minutes: i32,
}

impl When {
    fn ends_at(&self) -> OffsetDateTime {
        self.starts_at + Duration::minutes(i64::from(self.minutes))
    }
}

/// When and where, as a form says it; `id` is the form's own.
#[derive(Debug)]
pub struct NewDetails {
    pub id: MeetingId,
    pub when: When,
    pub mode: Mode,
    pub place: String,
}

/// What became of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planned {
    Done,
    /// The form was sent before.
    Already,
    Overlap,
}

/// Sets a meeting: with agenda, roles and letters when it is to come; bare when it took place and waits for its log.
/// Its agenda starts from a template, or from what fits best.
pub(super) async fn plan(app: &App, by: &GroupMember, new: &NewDetails, template: Option<Template>) -> Result<Planned> {
    let mut tx = app.db.begin().await?;
    let planned = schedule_with(&mut tx, by, new, template, app.clock.now()).await?;
    tx.commit().await?;
    Ok(planned)
}

/// `plan` within a transaction of the caller's.
///
/// # Errors
/// When the database does not answer.
pub async fn schedule(
    db: &mut PgConnection,
    by: &GroupMember,
    new: &NewDetails,
    now: OffsetDateTime,
) -> Result<Planned> {
    schedule_with(db, by, new, None, now).await
}

async fn schedule_with(
    db: &mut PgConnection,
    by: &GroupMember,
    new: &NewDetails,
    template: Option<Template>,
    now: OffsetDateTime,
) -> Result<Planned> {
    let of = GroupKey::from(by);
    let to_come = new.when.starts_at > now;
    let members = groups::open_members(db, of.program_id, of.group_id).await?;
    let ids: Vec<_> = members.iter().map(|member| member.participation_id).collect();
    let roles = if to_come { suggest_roles(&ids, &meetings::turns(db, of).await?) } else { Roles::default() };
    let meeting = NewMeeting {
        id: new.id,
        details: Details {
            starts_at: new.when.starts_at,
            ends_at: new.when.ends_at(),
            starts_local: new.when.local,
            mode: new.mode,
            place: &new.place,
            roles,
            overrun_confirmed: false,
        },
        time_zone: &by.group().time_zone,
        created_by: by.participation_id(),
    };
    if !meetings::insert_meeting(db, of, &meeting, now).await? {
        return Ok(if meetings::is_there(db, of, new.id).await? { Planned::Already } else { Planned::Overlap });
    }
    if to_come {
        let (by_id, starts_at) = (by.participation_id(), new.when.starts_at);
        let (day, length) = (new.when.local.date(), new.when.minutes);
        let beginning = Beginning { meeting_id: new.id, starts_at, day, length, template };
        agenda_templates::begin(db, by, &beginning, &members, now).await?;
        let telling = Telling { program_id: of.program_id, by_id, meeting_id: new.id, starts_at, members: &members };
        meeting_letters::tell(db, &telling, News::Set, now).await?;
    }
    Ok(Planned::Done)
}

/// Another time, place or roles for a meeting, as a form says it.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) details: NewDetails,
    pub(super) roles: Roles,
    /// How many minutes over the planner ticked.
    pub(super) confirmed: Option<i32>,
    /// The meeting's [`fingerprint`] when the form was drawn.
    pub(super) was: String,
}

/// What tells one state of a meeting's details from another, for a form that is sent later.
pub(super) fn fingerprint(meeting: &Meeting) -> String {
    let state =
        format!("{} {} {:?} {:?} {}", meeting.starts_at, meeting.ends_at, meeting.mode, meeting.roles(), meeting.place);
    secret::hex(&secret::sha256(state.as_bytes())[..8])
}

/// What became of a change of when, where or who does what.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Detailed {
    Done,
    /// It has begun, or does not stand any more.
    Frozen,
    /// Somebody else changed it since the form was drawn.
    Stale,
    Overlap,
    /// A role names somebody who is no open member.
    NoSuchMember,
    OneForTwoRoles,
    /// The agenda is this many minutes longer than the meeting would be, and nobody said that is meant.
    RunsOver(i32),
}

/// Changes when, where and who does what; whoever did not know of it is told.
pub(super) async fn change_details(app: &App, by: &GroupMember, change: &Change) -> Result<Detailed> {
    let (of, now) = (GroupKey::from(by), app.clock.now());
    let (new, roles) = (&change.details, change.roles);
    let mut tx = app.db.begin().await?;
    let meeting = meetings::locked(&mut tx, of, new.id).await?;
    if !meeting.can_change(now) {
        return Ok(Detailed::Frozen);
    }
    if fingerprint(&meeting) != change.was {
        return Ok(Detailed::Stale);
    }
    let members = groups::open_members(&mut tx, of.program_id, of.group_id).await?;
    if let Some(refused) = refused_roles(roles, &members) {
        return Ok(refused);
    }
    let items = meetings::items_of(&mut tx, of, new.id).await?;
    let sum: i32 = items.iter().map(|item| item.planned_minutes).sum();
    let over = sum - new.when.minutes;
    if !agendas::may_run_over(sum - meeting.minutes(), over, change.confirmed) {
        return Ok(Detailed::RunsOver(over));
    }
    let details = Details {
        starts_at: new.when.starts_at,
        ends_at: new.when.ends_at(),
        starts_local: new.when.local,
        mode: new.mode,
        place: &new.place,
        roles,
        overrun_confirmed: over > 0,
    };
    if let Err(error) = meetings::change_details(&mut tx, of, new.id, &details).await {
        return if broken_constraint(&error) == Some(OVERLAP) { Ok(Detailed::Overlap) } else { Err(error) };
    }
    let same = meeting.starts_at == details.starts_at
        && meeting.ends_at == details.ends_at
        && (meeting.mode, &meeting.place) == (new.mode, &new.place);
    if !same {
        let (by_id, starts_at) = (by.participation_id(), details.starts_at);
        let telling = Telling { program_id: of.program_id, by_id, meeting_id: new.id, starts_at, members: &members };
        meeting_letters::tell(&mut tx, &telling, News::Moved(meeting.starts_at), now).await?;
    }
    tx.commit().await?;
    Ok(Detailed::Done)
}

fn refused_roles(roles: Roles, members: &[OpenMember]) -> Option<Detailed> {
    let named = [roles.facilitator, roles.timekeeper, roles.note_taker];
    if named.into_iter().flatten().any(|id| !members.iter().any(|member| member.participation_id == id)) {
        return Some(Detailed::NoSuchMember);
    }
    (roles.doubles() && members.len() >= 3).then_some(Detailed::OneForTwoRoles)
}

/// When the group meets next by its fixed times, if it has them.
pub(super) async fn next_fixed(app: &App, by: &GroupMember) -> Result<Option<PrimitiveDateTime>> {
    fixed_times::next_of(&mut *app.db.acquire().await?, by, app.clock.now()).await
}

/// The group's open members, by name.
pub(super) async fn members(app: &App, by: &GroupMember) -> Result<Vec<OpenMember>> {
    let mut db = app.db.acquire().await?;
    groups::open_members(&mut db, by.program_id(), by.group_id()).await
}

/// Since when the member belongs to the group.
pub(super) async fn joined_on(app: &App, by: &GroupMember) -> Result<Date> {
    let me = members(app, by).await?.into_iter().find(|member| member.participation_id == by.participation_id());
    me.map(|me| me.joined_on).ok_or(AppError::NotFound)
}

/// The meeting of the member's group with its open members, by name.
///
/// # Errors
/// `NotFound` when the group has no such meeting.
pub(super) async fn view(app: &App, by: &GroupMember, id: MeetingId) -> Result<(Meeting, Vec<OpenMember>)> {
    let of = GroupKey::from(by);
    let mut db = app.db.acquire().await?;
    let meeting = meetings::meetings_of(&mut db, of, Which::One(id)).await?.pop().ok_or(AppError::NotFound)?;
    Ok((meeting, groups::open_members(&mut db, of.program_id, of.group_id).await?))
}

/// Cancels a meeting that is to come; what was carried into it goes to the next one. `false` when it has begun.
pub(super) async fn cancel(app: &App, by: &GroupMember, id: MeetingId) -> Result<bool> {
    let (of, now) = (GroupKey::from(by), app.clock.now());
    let mut tx = app.db.begin().await?;
    let meeting = meetings::locked(&mut tx, of, id).await?;
    if !meeting.can_be_cancelled(now) {
        // Cancelled twice is cancelled once.
        return Ok(meeting.state == MeetingState::Cancelled);
    }
    meetings::mark_cancelled(&mut tx, of, id).await?;
    meetings::carry_again(&mut tx, of, id).await?;
    agenda_templates::carry_into_next(&mut tx, of, now).await?;
    if meeting.starts_at > now {
        let members = groups::open_members(&mut tx, of.program_id, of.group_id).await?;
        let (by_id, starts_at) = (by.participation_id(), meeting.starts_at);
        let telling = Telling { program_id: of.program_id, by_id, meeting_id: id, starts_at, members: &members };
        meeting_letters::tell(&mut tx, &telling, News::Cancelled, now).await?;
    }
    tx.commit().await?;
    Ok(true)
}
