//! A supervisor answers, changes the answer, or says that it is not theirs to give.
use super::{
    link::SupervisorLink,
    model::{Answer, Given, may_answer, says_the_same, takes_answers},
};
use crate::base::{error::Result, local_time};
use crate::features::{
    approvals::{self, Decided, Promise, Request, RequestState, Told},
    people, reminders,
};
use crate::history::{self, Act, Actor};
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// How an answer was taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answered {
    /// Now, or by the same answer before.
    Now,
    /// The page it came from had not shown how the request stands now. Nothing was changed.
    Overtaken,
    /// This request takes no such answer any more. Nothing was changed.
    Closed,
}

/// Takes a supervisor's answer: exactly one of any number that were sent from the same page.
pub(super) async fn answer(app: &App, by: &SupervisorLink, given: &Given) -> Result<Answered> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    approvals::lock(&mut tx, by.program_id(), by.request_id()).await?;
    let request = approvals::find(&mut tx, by.program_id(), by.request_id()).await?;
    if request.seen() != given.seen {
        // A button pressed twice, or the same answer from two windows: it is taken already.
        let promises = approvals::promises(&mut tx, by.program_id(), request.id).await?;
        let same = says_the_same(given, &request, &promises);
        return Ok(if same { Answered::Now } else { Answered::Overtaken });
    }
    let word = given.answer.word();
    if !is_open(&request, now) || !may_answer(request.standing(now), word) {
        return Ok(Answered::Closed);
    }
    if given.answer == Answer::Talk && request.talk_first_at.is_some() {
        // Said before: once is enough to tell everyone.
        return Ok(Answered::Now);
    }
    write(&mut tx, &request, given, now).await?;
    people::settle(&mut tx, request.program_id, Some(request.participation_id), &request.program.time_zone, now)
        .await?;
    let told = Told::from(word);
    approvals::tell(&mut tx, &request, told, now).await?;
    if told != Told::Talk {
        approvals::confirm(&mut tx, &request, told, now).await?;
    }
    let act = Act { actor: Actor::Supervisor, action: told.action(), object_id: request.id.0 };
    history::record(&mut tx, request.program_id, act, now).await?;
    tx.commit().await?;
    Ok(Answered::Now)
}

/// Whether the link still lets its holder answer.
pub(super) fn is_open(request: &Request, now: OffsetDateTime) -> bool {
    let today = local_time::day_in(&request.program.time_zone, now);
    // A trip is answered as it was asked about, until its day is over.
    let to_come = request.trip.as_ref().is_none_or(|trip| trip.stands && today <= request.valid_from);
    // Who backed it keeps the say over that yes while another is asked; once taken back, it is the
    // other's to give.
    (request.is_latest || request.state == RequestState::Approved)
        && to_come
        && request.participation_state.is_open()
        && takes_answers(request.program.state, request.program.ends_on, today)
        && !matches!(request.state, RequestState::Cancelled | RequestState::Superseded)
}

async fn write(db: &mut PgConnection, request: &Request, given: &Given, now: OffsetDateTime) -> Result<()> {
    let (program_id, id) = (request.program_id, request.id);
    // A condition that was accepted goes on holding through later changes of the same yes.
    let stands = request.state == RequestState::Approved;
    let (conditions, accepted_at) =
        if stands { (request.conditions.as_str(), request.accepted_at) } else { ("", None) };
    let base = Decided {
        state: RequestState::Approved,
        agreed: request.agreed,
        conditions,
        reason: None,
        note: &given.note,
        revoked_from: None,
        reconsider_from: None,
        accepted_at,
    };
    let decided = match &given.answer {
        Answer::Talk => return approvals::note_talk_first(db, program_id, id, &given.note, now).await,
        Answer::Yes { terms, promises } => {
            approvals::keep_promises(db, program_id, id, promises, now).await?;
            Decided { agreed: Some(*terms), ..base }
        }
        Answer::Condition(conditions) => {
            approvals::keep_promises(db, program_id, id, &[], now).await?;
            Decided { state: RequestState::Conditional, agreed: Some(request.asked), conditions, ..base }
        }
        Answer::No { reason, look_again } => {
            approvals::keep_promises(db, program_id, id, &[], now).await?;
            if let Some(day) = look_again {
                reminders::plan_another_look(db, request, *day).await?;
            }
            Decided {
                state: RequestState::Declined,
                agreed: None,
                reason: *reason,
                reconsider_from: *look_again,
                ..base
            }
        }
        Answer::Withdraw(day) => Decided { state: RequestState::Revoked, revoked_from: Some(*day), ..base },
    };
    approvals::decide(db, program_id, id, &decided, now).await?;
    if decided.state == RequestState::Approved {
        approvals::supersede_older(db, program_id, id).await?;
    }
    Ok(())
}

/// The holder is not this peer's supervisor: the request ends, its links say so, and who can put it
/// right is told. Only as long as nobody answered.
pub(super) async fn not_mine(app: &App, by: &SupervisorLink) -> Result<Answered> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    approvals::lock(&mut tx, by.program_id(), by.request_id()).await?;
    let request = approvals::find(&mut tx, by.program_id(), by.request_id()).await?;
    if request.state != RequestState::Pending || !is_open(&request, now) {
        return Ok(Answered::Closed);
    }
    approvals::end(&mut tx, &request, RequestState::Cancelled).await?;
    approvals::tell(&mut tx, &request, Told::NotMine, now).await?;
    let act = Act { actor: Actor::Supervisor, action: Told::NotMine.action(), object_id: request.id.0 };
    history::record(&mut tx, request.program_id, act, now).await?;
    tx.commit().await?;
    Ok(Answered::Now)
}

/// What a supervisor's link opens.
#[derive(Debug)]
pub(super) struct Letter {
    pub(super) request: Request,
    pub(super) promises: Vec<Promise>,
    /// The holder may answer, or change the answer.
    pub(super) is_open: bool,
    /// What ended it without an answer that stands, as far as the history says.
    pub(super) happened: Option<history::Done>,
    /// When the request was made that took its place.
    pub(super) newer: Option<OffsetDateTime>,
}

pub(super) async fn letter(app: &App, by: &SupervisorLink) -> Result<Letter> {
    let mut db = app.db.acquire().await?;
    let request = approvals::find(&mut db, by.program_id(), by.request_id()).await?;
    let promises = approvals::promises(&mut db, by.program_id(), request.id).await?;
    let is_open = is_open(&request, app.clock.now());
    let mut happened = None;
    if request.state == RequestState::Cancelled {
        let ends = [Told::Lapsed, Told::Refused, Told::NotMine].map(|told| told.action().to_owned());
        happened = history::newest_of(&mut db, by.program_id(), request.id.0, &ends).await?;
    }
    let mut newer = None;
    if !request.is_latest {
        let (program_id, of) = (by.program_id(), request.participation_id);
        let newest = match &request.trip {
            Some(trip) => approvals::latest_about(&mut db, program_id, of, trip.id).await?,
            None => approvals::latest(&mut db, program_id, of).await?,
        };
        newer = newest.map(|newest| newest.asked_at);
    }
    Ok(Letter { request, promises, is_open, happened, newer })
}
