//! Somebody who goes asks their supervisor about a trip; the trip asks who is covered, and tells what became of it.
use super::{
    email::TripChanged,
    model::{Cover, TooMuchFor, Trip},
    queries::{self, Key},
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{ApprovalRequestId, FieldTripId, GroupId, ParticipationId, ProgramId},
    local_time, text,
};
use crate::features::{
    approvals::{self, NewRequest, Purpose, Request, RequestState},
    joining::{self, Accepted},
    reminders,
};
use crate::history::{self, Act, Actor};
use crate::mail::Mailbox;
use crate::outbox::{self, Posting};
use crate::web::{
    limits::{self, Limit},
    state::App,
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// How a trip stands to what each who goes was given. Empty where the program asks no supervisor.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn covers(db: &mut PgConnection, key: Key) -> Result<Vec<Cover>> {
    queries::covers(db, key).await
}

/// For whom a trip is not covered. Two commands that ask this about the same person wait for each other.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn uncovered(db: &mut PgConnection, key: Key) -> Result<Vec<TooMuchFor>> {
    queries::lock_goers(db, key).await?;
    let too_much = |cover: Cover| {
        let why = cover.misfit.filter(|_| !cover.has_yes)?;
        Some(TooMuchFor { participation_id: cover.participation_id, name: cover.name, why })
    };
    Ok(queries::covers(db, key).await?.into_iter().filter_map(too_much).collect())
}

/// After a trip got another day, another cost or other people: what was asked about it as it was ends, and those whose
/// yes no longer covers it hear that they have to ask again; whoever changed it reads it on its page.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn after_change(
    db: &mut PgConnection,
    key: Key,
    by: ParticipationId,
    now: OffsetDateTime,
) -> Result<()> {
    let overtaken = queries::overtaken(db, key).await?;
    approvals::close_about(db, key.0, key.1, true).await?;
    for one in overtaken.iter().filter(|one| one.participation_id != by) {
        let letter = TripChanged { program_id: key.0, request_id: one.request_id };
        let posting = Posting { program_id: Some(key.0), due_at: now, key: Some(letter.key()) };
        outbox::enqueue(db, &letter, posting).await?;
    }
    Ok(())
}

/// A trip is called off: nobody has to answer about it any more.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn call_off(db: &mut PgConnection, key: Key) -> Result<()> {
    approvals::close_about(db, key.0, key.1, false).await
}

/// The same for all the trips of a group that are called off.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn call_off_of_group(db: &mut PgConnection, program_id: ProgramId, group: GroupId) -> Result<()> {
    approvals::close_about_called_off(db, program_id, group).await
}

/// What somebody reads about their own part in a trip.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) trip: Trip,
    /// Nothing for who does not go, and where no supervisor is asked.
    pub(super) cover: Option<Cover>,
    /// The newest one about this trip.
    pub(super) request: Option<Request>,
    /// Whom to ask, unless they type another.
    pub(super) supervisor: Mailbox,
    /// Where supervisors may be asked; empty: anywhere.
    pub(super) domains: Vec<String>,
    /// The email to the supervisor did not arrive: the server's last words.
    pub(super) undelivered: Option<String>,
    /// The day has not gone by.
    pub(super) is_to_come: bool,
}

impl Whole {
    /// There is something to ask: it does not fit, and no yes covers it.
    pub(super) fn may_ask(&self) -> bool {
        self.is_to_come && self.cover.as_ref().is_some_and(|cover| !cover.is_covered())
    }
}

/// The reader's own part in a trip of their group.
///
/// # Errors
/// `NotFound` when the group has no such trip.
pub(super) async fn read(app: &App, by: &GroupMember, id: FieldTripId) -> Result<Whole> {
    read_in(&mut *app.db.acquire().await?, by, id, app.clock.now()).await
}

async fn read_in(db: &mut PgConnection, by: &GroupMember, id: FieldTripId, now: OffsetDateTime) -> Result<Whole> {
    let key = (by.program_id(), id);
    let me = by.participation_id();
    let trip = queries::trip(db, key).await?.filter(|trip| trip.group_id == by.group_id());
    let trip = trip.ok_or(AppError::NotFound)?;
    let cover = queries::covers(db, key).await?.into_iter().find(|cover| cover.participation_id == me);
    let request = approvals::latest_about(db, key.0, me, id).await?;
    let place = joining::place(db, key.0, me).await?;
    let today = local_time::day_in(&trip.time_zone, now);
    let holding = match &request {
        Some(_) => None,
        None => approvals::latest(db, key.0, me).await?.map(|latest| latest.supervisor),
    };
    let asked = request.as_ref().map(|request| request.supervisor.clone());
    let mut undelivered = None;
    if let Some(request) = request.as_ref().filter(|request| request.standing(now) == RequestState::Pending) {
        undelivered = approvals::did_not_arrive(db, request.id).await?;
    }
    Ok(Whole {
        is_to_come: trip.is_ahead && today <= trip.on_date && by.program().takes_people(),
        trip,
        cover,
        request,
        supervisor: asked.or(holding).unwrap_or(place.supervisor),
        domains: place.domains,
        undelivered,
    })
}

/// Whom to ask, and with what words. The id was drawn with the form, so that sending it twice asks once.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) id: ApprovalRequestId,
    pub(super) supervisor: Mailbox,
    pub(super) text: String,
}

/// How asking ended.
#[derive(Debug)]
pub(super) enum Asked {
    Now,
    /// The same form before.
    Before,
    /// It fits by now, or there is a yes, or the trip is no longer to come.
    NotNeeded,
    /// Rule 3 forbids the address; the words are for its field.
    Forbidden(String),
}

/// Asks the supervisor about this one trip; what was open about it ends, and its links with it.
///
/// # Errors
/// `NotFound` when the group has no such trip, `TooMany` after very many in one day.
pub(super) async fn ask(app: &App, by: &GroupMember, id: FieldTripId, words: Words) -> Result<Asked> {
    let (program_id, me, now) = (by.program_id(), by.participation_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    queries::lock(&mut tx, (program_id, id)).await?;
    joining::lock_place(&mut tx, program_id, me).await?;
    if approvals::exists(&mut tx, program_id, words.id).await? {
        return Ok(Asked::Before);
    }
    let whole = read_in(&mut tx, by, id, now).await?;
    if !whole.may_ask() {
        return Ok(Asked::NotNeeded);
    }
    let folded = text::fold_email(&words.supervisor.email);
    if let Some(why) = joining::forbidden(&mut tx, (program_id, me), by.viewer().email(), &folded).await? {
        return Ok(Asked::Forbidden(why.words()));
    }
    // A supervisor's inbox is not for flooding.
    let limit = Limit { kind: "ask_about_trip", subject: &me.to_string(), most: 6, window: Duration::days(1) };
    limits::count(&mut tx, limit, now).await?;
    if let Some(request) = &whole.request {
        approvals::lock(&mut tx, program_id, request.id).await?;
        let over = request.standing(now) == RequestState::Expired;
        let end = if over { RequestState::Expired } else { RequestState::Cancelled };
        approvals::end(&mut tx, request, end).await?;
    }
    let new = NewRequest {
        id: words.id,
        program_id,
        participation_id: me,
        purpose: Purpose::Trip,
        supervisor: words.supervisor,
        own_words: words.text,
        trip_id: Some(id),
    };
    if !approvals::ask(&mut tx, &new, now).await? {
        return Ok(Asked::Before);
    }
    reminders::plan(&mut tx, program_id, new.id, now).await?;
    let act = Act { actor: Actor::Person(by.viewer().person_id()), action: "approval_asked", object_id: new.id.0 };
    history::record(&mut tx, program_id, act, now).await?;
    tx.commit().await?;
    Ok(Asked::Now)
}

/// Takes the condition that the page showed, or not; `seen` is what it had seen of the request.
///
/// # Errors
/// `NotFound` when the group has no such trip.
pub(super) async fn decide(
    app: &App,
    by: &GroupMember,
    id: FieldTripId,
    seen: &str,
    takes_it: bool,
) -> Result<Accepted> {
    let (program_id, now) = (by.program_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    let Some(request) = read_in(&mut tx, by, id, now).await?.request else { return Ok(Accepted::Changed) };
    approvals::lock(&mut tx, program_id, request.id).await?;
    let request = approvals::find(&mut tx, program_id, request.id).await?;
    let person = by.viewer().person_id();
    let done = if takes_it {
        joining::take_condition(&mut tx, &request, person, seen, now).await?
    } else {
        joining::refuse_condition(&mut tx, &request, person, seen, now).await?
    };
    tx.commit().await?;
    Ok(done)
}
