//! A member asks the host; the host answers, and changes the answer; the trip tells the host what became of it.
use super::{
    email::{HostAnswered, HostAsked, HostTold},
    link::Host,
    model::{Answer, Asked, Stance, Visit, seen, stance},
    queries::{self, Key},
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{FieldTripId, GroupId, ProgramId},
    local_time,
};
use crate::features::groups::{self, OpenMember};
use crate::links::{self, LinkKind};
use crate::outbox::{self, Posting};
use crate::web::{
    limits::{self, Limit},
    state::App,
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// What the page on which a member asks shows.
#[derive(Debug)]
pub(super) struct ToAsk {
    pub(super) visit: Visit,
    pub(super) asked: Option<Asked>,
    pub(super) members: Vec<OpenMember>,
    pub(super) my_name: String,
    /// Planned before the reader came, who does not read who the host is.
    pub(super) was_before_me: bool,
    pub(super) is_open: bool,
}

impl ToAsk {
    /// Whether this member can ask the host now.
    pub(super) const fn can_ask(&self) -> bool {
        self.is_open && !self.was_before_me && !self.visit.host_email.is_empty()
    }
}

/// The trip of a member's group, for who wants to ask its host.
///
/// # Errors
/// `NotFound` when the group has no such trip.
pub(super) async fn to_ask(app: &App, by: &GroupMember, id: FieldTripId) -> Result<ToAsk> {
    read(&mut *app.db.acquire().await?, by, id, app.clock.now()).await
}

async fn read(db: &mut PgConnection, by: &GroupMember, id: FieldTripId, now: OffsetDateTime) -> Result<ToAsk> {
    let key = (by.program_id(), id);
    let visit = queries::visit(db, key).await?.ok_or(AppError::NotFound)?;
    if visit.group_id != by.group_id() {
        return Err(AppError::NotFound);
    }
    Ok(ToAsk {
        asked: queries::asked(db, key).await?,
        members: groups::open_members(db, key.0, by.group_id()).await?,
        my_name: queries::name_of(db, key.0, by.participation_id()).await?,
        was_before_me: visit.worded_on < by.joined_on(),
        is_open: visit.is_open(now),
        visit,
    })
}

/// Sends a member's words to the host with a link to answer. An earlier link ends, and what was answered by it.
///
/// `false`: it was asked meanwhile, or cannot be asked any more.
///
/// # Errors
/// `NotFound` when the group has no such trip, `TooMany` after very many letters in one day.
pub(super) async fn ask(app: &App, by: &GroupMember, id: FieldTripId, message: &str, times: i32) -> Result<bool> {
    let now = app.clock.now();
    let key = (by.program_id(), id);
    let mut tx = app.db.begin().await?;
    queries::lock(&mut tx, key).await?;
    let whole = read(&mut tx, by, id, now).await?;
    if !whole.can_ask() || whole.asked.as_ref().map_or(0, |asked| asked.times) != times {
        return Ok(false);
    }
    // Nobody's server is to be a way to write to strangers in numbers.
    let me = by.participation_id().to_string();
    limits::count(&mut tx, Limit { kind: "host_asked", subject: &me, most: 20, window: Duration::days(1) }, now)
        .await?;
    links::forget(&mut tx, LinkKind::Host, id.0).await?;
    let times = queries::ask(&mut tx, key, by.participation_id(), message, now).await?;
    let posting = Posting { program_id: Some(key.0), due_at: now, key: None };
    outbox::enqueue(&mut tx, &HostAsked { program_id: key.0, trip_id: id, times }, posting).await?;
    tx.commit().await?;
    Ok(true)
}

/// What a host's link opens.
#[derive(Debug)]
pub(super) struct HostsPage {
    pub(super) visit: Visit,
    pub(super) asked: Asked,
    /// Who asked, as long as they belong to the group.
    pub(super) asker: Option<String>,
    pub(super) is_open: bool,
}

/// What the holder of a link reads.
///
/// # Errors
/// `DeadLink` when the host is another one by now.
pub(super) async fn page(app: &App, by: &Host) -> Result<HostsPage> {
    hosts_page(&mut *app.db.acquire().await?, (by.program_id, by.trip_id), app.clock.now()).await
}

async fn hosts_page(db: &mut PgConnection, key: Key, now: OffsetDateTime) -> Result<HostsPage> {
    let visit = queries::visit(db, key).await?.ok_or(AppError::DeadLink)?;
    let asked = queries::asked(db, key).await?.ok_or(AppError::DeadLink)?;
    let sender = queries::asker(db, key, false).await?.map(|sender| sender.name);
    let is_open = visit.is_open(now);
    Ok(HostsPage { visit, asked, asker: sender, is_open })
}

/// How an answer was taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answered {
    /// Now, or by the same answer before.
    Now,
    /// The page had not shown how it stands now. Nothing was changed.
    Overtaken,
    /// The day is over, or it is called off. Nothing was changed.
    Closed,
}

/// Takes what a host answers, and tells the members that they did.
pub(super) async fn answer(app: &App, by: &Host, given: Answer, page_seen: &str) -> Result<Answered> {
    let now = app.clock.now();
    let key = (by.program_id, by.trip_id);
    let mut tx = app.db.begin().await?;
    queries::lock(&mut tx, key).await?;
    let page = hosts_page(&mut tx, key, now).await?;
    if !page.is_open {
        return Ok(Answered::Closed);
    }
    // A button pressed twice: what it said stands already.
    if page.asked.answer.as_ref().is_some_and(|answer| answer.says_what(&given)) {
        return Ok(Answered::Now);
    }
    if seen(&page.visit, &page.asked) != page_seen {
        return Ok(Answered::Overtaken);
    }
    queries::answer(&mut tx, key, &given).await?;
    let members = groups::open_members(&mut tx, key.0, page.visit.group_id).await?;
    // Once for each thing they may say about the day: words that change beside it need no email.
    let what = format!("{}:{}:{:?}", page.asked.times, given.word.as_str(), given.offered_on);
    let letters: Vec<_> = members
        .iter()
        .map(|member| {
            let to = member.participation_id;
            (HostAnswered { program_id: key.0, trip_id: key.1, to }, format!("host_answered:{}:{to}:{what}", key.1))
        })
        .collect();
    outbox::enqueue_all(&mut tx, &letters, Some(key.0), now).await?;
    tx.commit().await?;
    Ok(Answered::Now)
}

/// The host is another one: what was asked and answered is no longer of this trip, and the link ends.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn forget(db: &mut PgConnection, key: Key) -> Result<()> {
    if queries::forget(db, key).await? {
        links::forget(db, LinkKind::Host, key.1.0).await?;
    }
    Ok(())
}

/// The trips of a group whose hosts have to hear it if they do not take place.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn waiting(
    db: &mut PgConnection,
    program_id: ProgramId,
    group_id: GroupId,
) -> Result<Vec<FieldTripId>> {
    queries::asked_of(db, program_id, group_id).await
}

/// Tells a host who was asked that the trip is called off, or was moved to the day they offered.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn tell(db: &mut PgConnection, key: Key, now: OffsetDateTime) -> Result<()> {
    let (Some(visit), Some(asked)) = (queries::visit(db, key).await?, queries::asked(db, key).await?) else {
        return Ok(());
    };
    let to_come = local_time::day_in(&visit.time_zone, now) <= visit.on_date;
    let takes_their_day = stance(Some(&asked), visit.on_date) == Stance::Agreed;
    if to_come && (visit.is_off || takes_their_day) {
        let letter = HostTold { program_id: key.0, trip_id: key.1, called_off: visit.is_off };
        outbox::enqueue(db, &letter, Posting { program_id: Some(key.0), due_at: now, key: None }).await?;
    }
    Ok(())
}
