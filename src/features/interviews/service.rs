//! Naming people, asking, and writing down what they answer. Every open member may do the same.
use super::{
    card::InterviewsCard,
    model::{Becomes, Interviews, MOST_PEOPLE, MOST_QUESTIONS, Question, Typed},
    queries::{self, Key},
};
use crate::access::GroupMember;
use crate::base::{
    error::{AppError, Result},
    ids::{FieldTripId, InterviewQuestionId, IntervieweeId},
};
use crate::features::{
    groups::{self, OpenMember},
    library::{self, Library},
    trips::{self, TripState, TripView},
};
use crate::web::state::App;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// What the page of a visit's people and questions shows.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) trip: TripView,
    pub(super) all: Interviews,
    pub(super) members: Vec<OpenMember>,
    pub(super) library: Library,
    /// People and questions can be added.
    pub(super) may_ask: bool,
    /// The day has come, and answers can be written.
    pub(super) may_answer: bool,
}

/// `None`: an observation, at which nobody is interviewed.
///
/// # Errors
/// `NotFound` when the group has no such trip.
pub(super) async fn read(app: &App, by: &GroupMember, id: FieldTripId) -> Result<Option<Whole>> {
    let mut db = app.db.acquire().await?;
    let trip = trips::read(&mut db, by, id).await?;
    if trip.is_observation() {
        return Ok(None);
    }
    let today = trips::today(by, app.clock.now());
    let may_ask = is_open(by, &trip);
    Ok(Some(Whole {
        all: readable(&mut db, by, id).await?,
        members: groups::open_members(&mut db, by.program_id(), by.group_id()).await?,
        library: library::of_program(&mut db, by.program_id()).await?,
        may_ask,
        may_answer: may_ask && trip.day_has_come(today),
        trip,
    }))
}

async fn readable(db: &mut PgConnection, by: &GroupMember, id: FieldTripId) -> Result<Interviews> {
    Ok(queries::of_trip(db, (by.program_id(), id)).await?.keep_to(|at| by.belonged_at(at)))
}

fn is_open(by: &GroupMember, trip: &TripView) -> bool {
    by.program().state.is_running() && !trip.is_observation() && trip.state != TripState::Cancelled
}

/// What other pages of the trip show of it.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn card(
    db: &mut PgConnection,
    by: &GroupMember,
    id: FieldTripId,
    (on_date, today): (Date, Date),
) -> Result<InterviewsCard> {
    Ok(InterviewsCard::of(&readable(db, by, id).await?, today >= on_date))
}

/// What became of what was pressed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Done,
    /// As many as a page can hold.
    Full,
    /// It is answered, and stays.
    Answered,
    /// The trip is called off, or no such trip.
    Late,
}

/// The trip for this transaction, with all of it that the member may read. `None`: nothing is asked there any more.
async fn take(db: &mut PgConnection, by: &GroupMember, id: FieldTripId) -> Result<Option<(Key, TripView, Interviews)>> {
    let trip = trips::take(db, by, id).await?;
    if !is_open(by, &trip) {
        return Ok(None);
    }
    let all = readable(db, by, id).await?;
    Ok(Some(((by.program_id(), id), trip, all)))
}

/// Names somebody they will talk with; the same form sent twice names them once.
///
/// # Errors
/// `NotFound` when the group has no such trip.
pub(super) async fn add(
    app: &App,
    by: &GroupMember,
    trip_id: FieldTripId,
    (id, name, role): (IntervieweeId, &str, &str),
) -> Result<Outcome> {
    let mut tx = app.db.begin().await?;
    let Some((key, _, all)) = take(&mut tx, by, trip_id).await? else { return Ok(Outcome::Late) };
    if all.people.iter().any(|person| person.id == id) {
        return Ok(Outcome::Done);
    }
    if all.people.len() >= MOST_PEOPLE {
        return Ok(Outcome::Full);
    }
    queries::add(&mut tx, key, (id, name, role), (by.participation_id(), app.clock.now())).await?;
    tx.commit().await?;
    Ok(Outcome::Done)
}

/// Somebody whom the member may read about.
fn known(all: &Interviews, id: IntervieweeId) -> Result<()> {
    let known = all.people.iter().any(|person| person.id == id && !person.name.is_empty());
    if known { Ok(()) } else { Err(AppError::NotFound) }
}

/// Gives somebody another name or role.
///
/// # Errors
/// `NotFound` when the group has no such trip, or the member reads of no such person.
pub(super) async fn change(
    app: &App,
    by: &GroupMember,
    trip_id: FieldTripId,
    (id, name, role): (IntervieweeId, &str, &str),
) -> Result<Outcome> {
    let mut tx = app.db.begin().await?;
    let Some((key, _, all)) = take(&mut tx, by, trip_id).await? else { return Ok(Outcome::Late) };
    known(&all, id)?;
    queries::change(&mut tx, key, (id, name, role), (by.participation_id(), app.clock.now())).await?;
    tx.commit().await?;
    Ok(Outcome::Done)
}

/// Takes somebody away who has answered nothing.
///
/// # Errors
/// `NotFound` when the group has no such trip, or the member reads of no such person.
pub(super) async fn remove(app: &App, by: &GroupMember, trip_id: FieldTripId, id: IntervieweeId) -> Result<Outcome> {
    let mut tx = app.db.begin().await?;
    let Some((key, _, all)) = take(&mut tx, by, trip_id).await? else { return Ok(Outcome::Late) };
    known(&all, id)?;
    // All of them, whoever may read them.
    let all = queries::of_trip(&mut tx, key).await?;
    if all.to(Some(id)).any(|question| !question.reply.is_empty()) {
        return Ok(Outcome::Answered);
    }
    queries::remove(&mut tx, key, id).await?;
    tx.commit().await?;
    Ok(Outcome::Done)
}

/// Puts questions to somebody, or to anybody they meet. What is asked already is asked once.
///
/// # Errors
/// `NotFound` when the group has no such trip, or the member reads of no such person.
pub(super) async fn ask(
    app: &App,
    by: &GroupMember,
    trip_id: FieldTripId,
    whom: Option<IntervieweeId>,
    questions: &[String],
) -> Result<Outcome> {
    let mut tx = app.db.begin().await?;
    let Some((key, _, all)) = take(&mut tx, by, trip_id).await? else { return Ok(Outcome::Late) };
    if let Some(id) = whom {
        known(&all, id)?;
    }
    let there: Vec<&str> = all.to(whom).map(|question| question.words.as_str()).collect();
    let mut fresh: Vec<String> = Vec::new();
    for words in questions {
        if !there.contains(&words.as_str()) && !fresh.contains(words) {
            fresh.push(words.clone());
        }
    }
    if there.len() + fresh.len() > MOST_QUESTIONS {
        return Ok(Outcome::Full);
    }
    queries::ask(&mut tx, key, whom, &fresh, (by.participation_id(), app.clock.now())).await?;
    tx.commit().await?;
    Ok(Outcome::Done)
}

/// Takes a question away that nobody has answered.
///
/// # Errors
/// `NotFound` when the group has no such trip, or the member reads no such question.
pub(super) async fn drop_question(
    app: &App,
    by: &GroupMember,
    trip_id: FieldTripId,
    id: InterviewQuestionId,
) -> Result<Outcome> {
    let mut tx = app.db.begin().await?;
    let Some((key, _, all)) = take(&mut tx, by, trip_id).await? else { return Ok(Outcome::Late) };
    if !all.questions.iter().any(|question| question.id == id) {
        return Err(AppError::NotFound);
    }
    let gone = queries::drop_question(&mut tx, key, id).await?;
    tx.commit().await?;
    Ok(if gone { Outcome::Done } else { Outcome::Answered })
}

/// What became of answers.
#[derive(Debug)]
pub(super) enum Written {
    Done,
    /// Before the day, or called off. Nothing was written.
    Late,
    /// Somebody took a question away meanwhile for which there is an answer. Nothing was written.
    Gone,
    /// Others wrote there meanwhile: what stands there now. Nothing was written.
    Conflicts(Vec<Question>),
}

/// Writes down what they answered, box by box: one that was not touched stays as it is, whoever wrote in it meanwhile.
///
/// # Errors
/// `NotFound` when the group has no such trip.
pub(super) async fn answer(app: &App, by: &GroupMember, trip_id: FieldTripId, typed: &[Typed]) -> Result<Written> {
    let now: OffsetDateTime = app.clock.now();
    let today = trips::today(by, now);
    let mut tx = app.db.begin().await?;
    let Some((key, trip, all)) = take(&mut tx, by, trip_id).await? else { return Ok(Written::Late) };
    if !trip.day_has_come(today) {
        return Ok(Written::Late);
    }
    let (mut written, mut conflicts) = (Vec::new(), Vec::new());
    for one in typed {
        let Some(question) = all.questions.iter().find(|question| question.id == one.id) else {
            if one.reply.is_empty() {
                continue;
            }
            return Ok(Written::Gone);
        };
        match one.over(&question.reply) {
            Becomes::AsItWas => {}
            Becomes::Written => written.push((one.id, one.reply.clone())),
            Becomes::Conflict => conflicts.push(question.clone()),
        }
    }
    if !conflicts.is_empty() {
        return Ok(Written::Conflicts(conflicts));
    }
    queries::answer(&mut tx, key, &written, (by.participation_id(), now), today).await?;
    tx.commit().await?;
    Ok(Written::Done)
}
