//! Pausing, leaving and finishing: a person's own commands; and removal, which takes two others.
use super::{
    email::{RemovalProposed, Removed},
    model::{self, PauseProblem, RemovalState, Standing},
    queries::{self, Decider, NewRemoval, Outcome, Removal, Someone},
};
use crate::access::{CoordinatorOrContact, InProgram, ParticipationState, Peer, ProgramCoordinator};
use crate::base::{
    error::{AppError, Result},
    ids::{ParticipationId, PersonId, ProgramId, RemovalId},
    local_time,
};
use crate::features::{
    approvals, groups, meeting_letters,
    people::{self, Ending, Pause},
};
use crate::history::{self, Act, Actor};
use crate::outbox::{self, Posting};
use crate::web::state::App;
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

fn today(app: &App, program: &InProgram) -> Date {
    local_time::day_in(&program.time_zone, app.clock.now())
}

const fn act(by: PersonId, action: &str, object_id: uuid::Uuid) -> Act<'_> {
    Act { actor: Actor::Person(by), action, object_id }
}

/// One's own pause, as of today.
pub(super) async fn pause_of(app: &App, by: &Peer) -> Result<(Standing, Date)> {
    let mut db = app.db.acquire().await?;
    let pause = people::pause_of(&mut db, by.program_id(), by.participation_id()).await?;
    let today = today(app, by.program());
    Ok((model::standing(pause, today), today))
}

/// How pausing ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Paused {
    Now(Pause),
    Refused(PauseProblem),
    /// Only who has joined, and while the program takes people.
    NotJoined,
}

/// Pauses, or changes the pause there is.
pub(super) async fn pause(app: &App, by: &Peer, wanted: Pause) -> Result<Paused> {
    let (program, today) = (by.program(), today(app, by.program()));
    let mut tx = app.db.begin().await?;
    if !has_joined(&mut tx, by).await? {
        return Ok(Paused::NotJoined);
    }
    // A pause that has begun keeps its first day.
    let before = people::pause_of(&mut tx, program.id, by.participation_id()).await?;
    let begun = match model::standing(before, today) {
        Standing::Now(pause) => Some(pause.from),
        Standing::None | Standing::ToCome(_) => None,
    };
    let earliest = begun.filter(|from| *from == wanted.from).unwrap_or(today);
    if let Err(problem) = model::check_pause(wanted, earliest, program.ends_on) {
        return Ok(Paused::Refused(problem));
    }
    if wanted.until <= today {
        return Ok(Paused::Refused(PauseProblem::Empty));
    }
    keep_pause(app, &mut tx, by, (Some(wanted), "pause_said")).await?;
    tx.commit().await?;
    Ok(Paused::Now(wanted))
}

/// Ends a pause today, or takes back one that is still to come. Twice is once.
pub(super) async fn end_pause(app: &App, by: &Peer) -> Result<()> {
    let today = today(app, by.program());
    let mut tx = app.db.begin().await?;
    if !has_joined(&mut tx, by).await? {
        return Ok(());
    }
    let pause = people::pause_of(&mut tx, by.program_id(), by.participation_id()).await?;
    let kept = match model::standing(pause, today) {
        Standing::None => return Ok(()),
        Standing::Now(pause) if pause.from < today => Some(Pause { from: pause.from, until: today }),
        Standing::Now(_) | Standing::ToCome(_) => None,
    };
    keep_pause(app, &mut tx, by, (kept, "pause_ended")).await?;
    tx.commit().await?;
    Ok(())
}

async fn has_joined(db: &mut PgConnection, by: &Peer) -> Result<bool> {
    let state = people::lock_part(db, by.program_id(), by.participation_id()).await?;
    Ok(by.program().state.takes_people()
        && matches!(state, Some(ParticipationState::Joined | ParticipationState::OnHold)))
}

async fn keep_pause(app: &App, db: &mut PgConnection, by: &Peer, (pause, action): (Option<Pause>, &str)) -> Result<()> {
    let (program_id, id) = (by.program_id(), by.participation_id());
    people::set_pause(db, program_id, id, pause).await?;
    people::settle_holds(db, program_id, Some(id), today(app, by.program())).await?;
    history::record(db, program_id, act(by.viewer().person_id(), action, id.0), app.clock.now()).await
}

/// Ends a part and all that hangs on it: the membership, open requests and their links, an open
/// proposal to remove the person. `false` when it had ended before.
async fn end(
    db: &mut PgConnection,
    program_id: ProgramId,
    id: ParticipationId,
    ending: &Ending,
    now: OffsetDateTime,
) -> Result<bool> {
    if !people::end_part(db, program_id, id, ending).await? {
        return Ok(false);
    }
    meeting_letters::withdraw(db, program_id, &[id], now).await?;
    groups::leave_group(db, program_id, id, ending.on).await?;
    approvals::end_all(db, program_id, id).await?;
    if let Some(open) = queries::open_of(db, program_id, id).await? {
        queries::end(db, program_id, open, Outcome { state: RemovalState::Dropped, by: None }, now).await?;
    }
    Ok(true)
}

/// Leaves the program; no reason is asked. Twice is once.
pub(super) async fn leave(app: &App, by: &Peer) -> Result<()> {
    if !by.program().state.takes_people() {
        return Err(AppError::NotAllowed("the program has ended"));
    }
    let (program_id, id, now) = (by.program_id(), by.participation_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    people::lock_part(&mut tx, program_id, id).await?;
    let ending = Ending { state: ParticipationState::Withdrawn, on: today(app, by.program()), line: String::new() };
    if end(&mut tx, program_id, id, &ending, now).await? {
        history::record(&mut tx, program_id, act(by.viewer().person_id(), "left", id.0), now).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Whether somebody can finish early, and whether they owe a line about the product they have not named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Finishing {
    WithProduct,
    OwesLine,
    /// The program has not been launched, or they have not joined.
    NotYet,
}

pub(super) async fn finishing(app: &App, by: &Peer) -> Result<Finishing> {
    let mut db = app.db.acquire().await?;
    finishing_in(&mut db, by, by.state()).await
}

async fn finishing_in(db: &mut PgConnection, by: &Peer, state: ParticipationState) -> Result<Finishing> {
    if !by.program().state.is_running() || !matches!(state, ParticipationState::Joined | ParticipationState::OnHold) {
        return Ok(Finishing::NotYet);
    }
    let has = queries::has_product(db, by.program_id(), by.participation_id()).await?;
    Ok(if has { Finishing::WithProduct } else { Finishing::OwesLine })
}

/// How finishing ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Finished {
    Now,
    LineMissing,
    NotYet,
}

/// Finishes as completed. `line` says why there is no product, and is kept only then.
pub(super) async fn finish(app: &App, by: &Peer, line: &str) -> Result<Finished> {
    let (program_id, id, now) = (by.program_id(), by.participation_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    let state = people::lock_part(&mut tx, program_id, id).await?.ok_or(AppError::NotFound)?;
    let line = match finishing_in(&mut tx, by, state).await? {
        Finishing::NotYet => return Ok(Finished::NotYet),
        Finishing::OwesLine if line.is_empty() => return Ok(Finished::LineMissing),
        Finishing::OwesLine => line.to_owned(),
        Finishing::WithProduct => String::new(),
    };
    let ending = Ending { state: ParticipationState::Completed, on: today(app, by.program()), line };
    if end(&mut tx, program_id, id, &ending, now).await? {
        history::record(&mut tx, program_id, act(by.viewer().person_id(), "completed", id.0), now).await?;
        tx.commit().await?;
    }
    Ok(Finished::Now)
}

/// Somebody whom a coordinator may propose to take off, and who may confirm it.
pub(super) struct Proposable {
    pub(super) who: Someone,
    pub(super) deciders: Vec<Decider>,
    /// It was proposed before.
    pub(super) open: Option<RemovalId>,
}

pub(super) async fn proposable(app: &App, by: &ProgramCoordinator, of: ParticipationId) -> Result<Proposable> {
    let mut db = app.db.acquire().await?;
    let program_id = by.program_id();
    let who = queries::someone(&mut db, program_id, of).await?.ok_or(AppError::NotFound)?;
    let deciders = queries::deciders(&mut db, program_id, of, by.viewer().person_id()).await?;
    let open = queries::open_of(&mut db, program_id, of).await?;
    Ok(Proposable { who, deciders, open })
}

/// How proposing ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Proposed {
    Now,
    /// By the same form, or by somebody else.
    Before,
    /// Nobody else could confirm it.
    NobodyElse,
    /// Their part has ended, or they have not joined yet.
    NotIn,
}

/// Proposes that somebody is taken off, and writes to those who may decide.
pub(super) async fn propose(
    app: &App,
    by: &ProgramCoordinator,
    of: ParticipationId,
    reason: String,
) -> Result<Proposed> {
    if !by.program().state.takes_people() {
        return Err(AppError::NotAllowed("the program has ended"));
    }
    let (program_id, person, now) = (by.program_id(), by.viewer().person_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    let state = people::lock_part(&mut tx, program_id, of).await?.ok_or(AppError::NotFound)?;
    let who = queries::someone(&mut tx, program_id, of).await?.ok_or(AppError::NotFound)?;
    if !matches!(state, ParticipationState::Joined | ParticipationState::OnHold) || who.person_id == person {
        return Ok(Proposed::NotIn);
    }
    let deciders = queries::deciders(&mut tx, program_id, of, person).await?;
    if deciders.is_empty() {
        return Ok(Proposed::NobodyElse);
    }
    let new = NewRemoval { id: RemovalId::generate(), program_id, participation_id: of, reason, by: person };
    if !queries::insert(&mut tx, &new, now).await? {
        return Ok(Proposed::Before);
    }
    for decider in deciders {
        let letter = RemovalProposed { program_id, removal_id: new.id, to: decider.person_id };
        let posting = Posting { program_id: Some(program_id), due_at: now, key: None };
        outbox::enqueue(&mut tx, &letter, posting).await?;
    }
    history::record(&mut tx, program_id, act(person, "removal_proposed", of.0), now).await?;
    tx.commit().await?;
    Ok(Proposed::Now)
}

pub(super) async fn waiting(app: &App, by: &CoordinatorOrContact) -> Result<Vec<Removal>> {
    let mut db = app.db.acquire().await?;
    let mut found = queries::waiting(&mut db, by.program_id()).await?;
    // Nobody reads a proposal about themselves.
    found.retain(|removal| removal.person_id != by.viewer().person_id());
    Ok(found)
}

/// A removal, and what the reader may do about it.
pub(super) struct Seen {
    pub(super) removal: Removal,
    pub(super) may_decide: bool,
    pub(super) is_mine: bool,
}

pub(super) async fn removal(app: &App, by: &CoordinatorOrContact, id: RemovalId) -> Result<Seen> {
    let mut db = app.db.acquire().await?;
    see(&mut db, by, id).await
}

async fn see(db: &mut PgConnection, by: &CoordinatorOrContact, id: RemovalId) -> Result<Seen> {
    let (program_id, me) = (by.program_id(), by.viewer().person_id());
    let removal = queries::find(db, program_id, id).await?.filter(|removal| removal.person_id != me);
    let removal = removal.ok_or(AppError::NotFound)?;
    let deciders = queries::deciders(db, program_id, removal.participation_id, removal.proposed_by).await?;
    let open = removal.state == RemovalState::Proposed;
    Ok(Seen {
        may_decide: open && deciders.iter().any(|decider| decider.person_id == me),
        is_mine: open && removal.proposed_by == me,
        removal,
    })
}

/// What a reader does about a removal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    Confirm,
    Reject,
    /// By whoever proposed it.
    TakeBack,
}

/// How deciding ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Decided {
    /// With the person's name.
    Done(String),
    /// It was decided or dropped before.
    Before,
    /// Somebody else has to decide.
    NotYou,
}

/// Confirms, rejects or takes back a removal that is open.
pub(super) async fn decide(app: &App, by: &CoordinatorOrContact, id: RemovalId, decision: Decision) -> Result<Decided> {
    let (program_id, me, now) = (by.program_id(), by.viewer().person_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    let about = queries::find(&mut tx, program_id, id).await?.ok_or(AppError::NotFound)?.participation_id;
    people::lock_part(&mut tx, program_id, about).await?;
    let seen = see(&mut tx, by, id).await?;
    if seen.removal.state != RemovalState::Proposed {
        return Ok(Decided::Before);
    }
    let (allowed, state, second, action) = match decision {
        Decision::Confirm => (seen.may_decide, RemovalState::Confirmed, Some(me), "removed"),
        Decision::Reject => (seen.may_decide, RemovalState::Rejected, Some(me), "removal_rejected"),
        Decision::TakeBack => (seen.is_mine, RemovalState::Dropped, None, "removal_taken_back"),
    };
    if !allowed {
        return Ok(Decided::NotYou);
    }
    if !queries::end(&mut tx, program_id, id, Outcome { state, by: second }, now).await? {
        return Ok(Decided::Before);
    }
    if decision == Decision::Confirm {
        let on = today(app, by.program());
        let ending = Ending { state: ParticipationState::Removed, on, line: String::new() };
        end(&mut tx, program_id, about, &ending, now).await?;
        let posting = Posting { program_id: Some(program_id), due_at: now, key: None };
        outbox::enqueue(&mut tx, &Removed { program_id, removal_id: id }, posting).await?;
    }
    history::record(&mut tx, program_id, act(me, action, about.0), now).await?;
    tx.commit().await?;
    Ok(Decided::Done(seen.removal.name))
}
