//! Coordinators open a pulse and may close it early; who was invited answers once; everybody in the program reads what
//! came of it.
use super::{
    email::{PulseClosed, PulseOpened, PulseReminder, To, key},
    link::InvitationHolder,
    model::{Answer, NewPulse, Pulse, PulseKind, Results, SoFar, fewest, reminder_at, results, so_far},
    queries::{self, Invitation, Which},
};
use crate::access::{Peer, ProgramCoordinator};
use crate::base::{
    error::{AppError, Result},
    ids::{ProgramId, PulseId, PulseInvitationId},
};
use crate::features::programs;
use crate::history::{self, Act, Actor};
use crate::outbox::{self, Letter};
use crate::web::state::App;
use sqlx::PgConnection;
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};

/// A closed pulse, and what came of it; nothing when too few answered.
pub(super) type Closed = (Pulse, Option<Results>);

/// The closed pulses of a program, the newest first, each with what came of it.
///
/// # Errors
/// When the database does not answer.
pub async fn outcomes(db: &mut PgConnection, program_id: ProgramId) -> Result<Vec<(Pulse, Option<Results>)>> {
    let all = queries::all(db, program_id).await?;
    closed(db, program_id, &all).await
}

async fn closed(db: &mut PgConnection, program_id: ProgramId, all: &[Pulse]) -> Result<Vec<Closed>> {
    let mut found = Vec::new();
    for pulse in all.iter().filter(|pulse| !pulse.is_open()) {
        let answers = queries::answers(db, program_id, pulse.id).await?;
        found.push((pulse.clone(), results(pulse, &answers)));
    }
    Ok(found)
}

/// What coordinators see.
#[derive(Debug)]
pub(super) struct Overview {
    pub(super) open: Option<(Pulse, SoFar)>,
    pub(super) closed: Vec<Closed>,
    /// The kinds that can be opened now.
    pub(super) to_open: Vec<PulseKind>,
    /// How many would be invited.
    pub(super) members: usize,
    /// How many answers would be needed.
    pub(super) fewest: i32,
    pub(super) is_running: bool,
}

pub(super) async fn overview(app: &App, by: &ProgramCoordinator) -> Result<Overview> {
    let (program_id, mut db) = (by.program_id(), app.db.acquire().await?);
    let all = queries::all(&mut db, program_id).await?;
    let open = match all.iter().find(|pulse| pulse.is_open()) {
        Some(pulse) => {
            Some((pulse.clone(), so_far(queries::count_answers(&mut db, program_id, pulse.id).await?, pulse)))
        }
        None => None,
    };
    let is_running = by.program().state.is_running();
    let free = |kind: &PulseKind| !all.iter().any(|pulse| pulse.kind == *kind);
    Ok(Overview {
        to_open: if is_running && open.is_none() {
            PulseKind::ALL.iter().copied().filter(free).collect()
        } else {
            Vec::new()
        },
        closed: closed(&mut db, program_id, &all).await?,
        members: queries::to_invite(&mut db, program_id).await?.len(),
        fewest: fewest(queries::smallest_shown(&mut db, program_id).await?),
        is_running,
        open,
    })
}

/// What became of opening a pulse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opened {
    /// So many are asked: now, or by the same form before.
    Done(usize),
    /// There is one of this kind, or one that is open.
    Another,
    /// Results could never be shown: so many take part, and so many answers are needed.
    TooFew(usize, i32),
    /// The program does not run.
    NotNow,
}

/// Opens a pulse: invites everybody who takes part in a group, with a letter now and one before it closes.
pub(super) async fn open(
    app: &App,
    by: &ProgramCoordinator,
    (id, kind): (PulseId, PulseKind),
    last_day: Date,
) -> Result<Opened> {
    let (program_id, now) = (by.program_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    if !programs::lock(&mut tx, program_id).await?.is_running() {
        return Ok(Opened::NotNow);
    }
    let members = queries::to_invite(&mut tx, program_id).await?;
    let needed = fewest(queries::smallest_shown(&mut tx, program_id).await?);
    let invited = i32::try_from(members.len()).map_err(AppError::internal)?;
    if queries::lock(&mut tx, program_id, id).await?.is_some() {
        return Ok(Opened::Done(members.len()));
    }
    if invited < needed {
        return Ok(Opened::TooFew(members.len(), needed));
    }
    let new = NewPulse { id, program_id, kind, last_day, fewest: needed, invited };
    if !queries::insert(&mut tx, &new, now).await? {
        return Ok(Opened::Another);
    }
    let invitations: Vec<_> = members.iter().map(|one| (PulseInvitationId::generate(), one.participation_id)).collect();
    queries::insert_invitations(&mut tx, program_id, id, &invitations).await?;
    let to = |at: &usize| To { program_id, invitation_id: invitations[*at].0 };
    let everybody: Vec<usize> = (0..invitations.len()).collect();
    send(&mut tx, everybody.iter().map(to).map(PulseOpened), |letter| letter.0, now).await?;
    // One hour for all who live in one zone.
    let mut zones: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, one) in members.iter().enumerate() {
        zones.entry(one.time_zone.as_str()).or_default().push(at);
    }
    for (zone, who) in &zones {
        let due_at = reminder_at(zone, last_day);
        send(&mut tx, who.iter().map(to).map(PulseReminder), |letter| letter.0, due_at).await?;
    }
    let act = Act { actor: Actor::Person(by.viewer().person_id()), action: "pulse_opened", object_id: id.0 };
    history::record(&mut tx, program_id, act, now).await?;
    tx.commit().await?;
    Ok(Opened::Done(invitations.len()))
}

async fn send<L: Letter>(
    db: &mut PgConnection,
    letters: impl Iterator<Item = L>,
    to: impl Fn(&L) -> To,
    due_at: OffsetDateTime,
) -> Result<()> {
    let letters: Vec<(L, String)> = letters
        .map(|letter| {
            let key = key::<L>(to(&letter));
            (letter, key)
        })
        .collect();
    let program_id = letters.first().map(|(letter, _)| to(letter).program_id);
    outbox::enqueue_all(db, &letters, program_id, due_at).await
}

/// A pulse of a program, for its coordinator.
///
/// # Errors
/// `NotFound` when there is none.
pub(super) async fn one(app: &App, by: &ProgramCoordinator, id: PulseId) -> Result<Pulse> {
    let mut db = app.db.acquire().await?;
    let all = queries::all(&mut db, by.program_id()).await?;
    all.into_iter().find(|pulse| pulse.id == id).ok_or(AppError::NotFound)
}

/// Closes a pulse before its day; `false` when it was closed already.
pub(super) async fn close(app: &App, by: &ProgramCoordinator, id: PulseId) -> Result<bool> {
    let actor = Actor::Person(by.viewer().person_id());
    let mut tx = app.db.begin().await?;
    let done = close_one(&mut tx, (by.program_id(), id), actor, app.clock.now()).await?;
    tx.commit().await?;
    Ok(done)
}

/// Closes a pulse, once: answers and invitations are written anew, so that nothing ties them, and everybody who was
/// invited is told.
///
/// # Errors
/// `NotFound` when there is no such pulse.
pub(super) async fn close_one(
    db: &mut PgConnection,
    (program_id, id): (ProgramId, PulseId),
    actor: Actor,
    now: OffsetDateTime,
) -> Result<bool> {
    let pulse = queries::lock(db, program_id, id).await?.ok_or(AppError::NotFound)?;
    if !pulse.is_open() {
        return Ok(false);
    }
    queries::close(db, program_id, id, now).await?;
    queries::shuffle(db, program_id, id, None).await?;
    queries::forget_marks(db, program_id, id).await?;
    let invited = queries::invitations(db, program_id, id).await?;
    let to = invited.into_iter().map(|invitation_id| PulseClosed(To { program_id, invitation_id }));
    send(db, to, |letter| letter.0, now).await?;
    history::record(db, program_id, Act { actor, action: "pulse_closed", object_id: id.0 }, now).await?;
    Ok(true)
}

/// Somebody who may answer: by the link of their invitation, or signed in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answerer {
    program_id: ProgramId,
    which: Which,
}

impl Answerer {
    pub(super) const fn holder(by: &InvitationHolder) -> Self {
        Self { program_id: by.program_id, which: Which::One(by.id) }
    }
    pub(super) const fn peer(by: &Peer) -> Self {
        Self { program_id: by.program_id(), which: Which::Of(by.participation_id()) }
    }
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answered {
    Done,
    /// One was given before, by this form or another. Nothing was written.
    Before,
    /// It is closed, or was never for them. Nothing was written.
    Closed,
}

/// Takes an answer, once, and leaves nothing that says whose it is.
pub(super) async fn answer(app: &App, by: Answerer, answer: &Answer) -> Result<Answered> {
    let mut tx = app.db.begin().await?;
    let Some(asked) = queries::invitation(&mut tx, by.program_id, by.which).await? else {
        return Ok(Answered::Closed);
    };
    let pulse = queries::lock(&mut tx, by.program_id, asked.pulse_id).await?.ok_or(AppError::NotFound)?;
    if !asked.program_state.is_running() || !pulse.takes_answers(&asked.zone, app.clock.now()) {
        return Ok(Answered::Closed);
    }
    if !queries::mark(&mut tx, by.program_id, asked.id).await? {
        return Ok(Answered::Before);
    }
    queries::shuffle(&mut tx, by.program_id, asked.pulse_id, Some(answer)).await?;
    tx.commit().await?;
    Ok(Answered::Done)
}

/// What somebody who takes part sees.
#[derive(Debug)]
pub(super) struct Own {
    pub(super) open: Option<Pulse>,
    /// Their invitation to the one that is open.
    pub(super) invitation: Option<Invitation>,
    pub(super) closed: Vec<Closed>,
}

pub(super) async fn own(app: &App, by: &Peer) -> Result<Own> {
    let (program_id, mut db) = (by.program_id(), app.db.acquire().await?);
    let all = queries::all(&mut db, program_id).await?;
    let takes = |pulse: &&Pulse| {
        by.program().state.is_running() && pulse.takes_answers(&by.program().time_zone, app.clock.now())
    };
    let open = all.iter().find(takes).cloned();
    let invitation = match open {
        Some(_) => queries::invitation(&mut db, program_id, Which::Of(by.participation_id())).await?,
        None => None,
    };
    Ok(Own { closed: closed(&mut db, program_id, &all).await?, open, invitation })
}
