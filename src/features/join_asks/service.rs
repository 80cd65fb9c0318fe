//! Asking, and what coordinators do about it.
pub(super) use super::queries::NewAsk;
use super::queries::{self, Ask, PublicProgram};
use crate::access::ProgramCoordinator;
use crate::base::{
    error::{AppError, Result},
    ids::{JoinAskId, ProgramId},
};
use crate::features::{
    accounts, inviting,
    people::{self, Details},
    programs,
};
use crate::history::{self, Act, Actor};
use crate::mail::Mailbox;
use crate::web::{
    limits::{self, Limit},
    state::App,
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// The program, when people may ask to join it.
///
/// # Errors
/// `NotFound` otherwise: whether there is such a program is not told.
pub(super) async fn public(app: &App, id: ProgramId) -> Result<PublicProgram> {
    let mut db = app.db.acquire().await?;
    queries::public_program(&mut db, id, app.clock.now()).await?.ok_or(AppError::NotFound)
}

/// Keeps what somebody wrote. Nothing of what comes back tells whether the address is known.
///
/// # Errors
/// `NotFound` when nobody may ask, `TooMany` when an address or a program is asked too often.
pub(super) async fn ask(app: &App, new: &NewAsk) -> Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    queries::public_program(&mut tx, new.program_id, now).await?.ok_or(AppError::NotFound)?;
    let of_address = format!("{} {}", new.program_id, new.email_folded);
    let of_program = new.program_id.to_string();
    let limits = [
        Limit { kind: "join_ask", subject: &of_address, most: 5, window: Duration::days(1) },
        Limit { kind: "join_asks", subject: &of_program, most: 200, window: Duration::hours(1) },
    ];
    for limit in limits {
        limits::count(&mut tx, limit, now).await?;
    }
    queries::insert(&mut tx, new, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Shown on one page; those after them come up as these are decided.
const PAGE: usize = 100;

/// Who waits.
pub(super) struct Waiting {
    pub(super) asks: Vec<Ask>,
    pub(super) more: bool,
    pub(super) allowed: bool,
}

pub(super) async fn waiting(app: &App, by: &ProgramCoordinator) -> Result<Waiting> {
    let mut db = app.db.acquire().await?;
    let one_more = i64::try_from(PAGE).unwrap_or(100) + 1;
    let mut asks = queries::pending(&mut db, by.program_id(), one_more).await?;
    let more = asks.len() > PAGE;
    asks.truncate(PAGE);
    Ok(Waiting { asks, more, allowed: queries::asks_allowed(&mut db, by.program_id()).await? })
}

/// Lets people ask, or no longer.
pub(super) async fn allow(app: &App, by: &ProgramCoordinator, allowed: bool) -> Result<()> {
    let mut tx = app.db.begin().await?;
    let state = programs::lock(&mut tx, by.program_id()).await?;
    if programs::has_ended(state) {
        return Err(AppError::NotAllowed("the program has ended"));
    }
    if programs::allow_asks(&mut tx, by.program_id(), allowed).await? {
        let action = if allowed { "asks_allowed" } else { "asks_stopped" };
        let act = Act { actor: Actor::Person(by.viewer().person_id()), action, object_id: by.program_id().0 };
        history::record(&mut tx, by.program_id(), act, app.clock.now()).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// What came of deciding.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Decided {
    Invited(String),
    /// They take part, or took part before.
    Already(String),
    Declined(String),
    /// Somebody was faster.
    Before,
    /// The program does not invite people now.
    Ended,
}

/// Invites who asked, as anybody is invited, or says not now. The person who is not invited is not written to.
///
/// # Errors
/// `NotFound` when there is no such ask.
pub(super) async fn decide(app: &App, by: &ProgramCoordinator, id: JoinAskId, invite: bool) -> Result<Decided> {
    let (program_id, now) = (by.program_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    if !queries::exists(&mut tx, program_id, id).await? {
        return Err(AppError::NotFound);
    }
    if !programs::lock(&mut tx, program_id).await?.takes_people() || by.program().is_over {
        return Ok(Decided::Ended);
    }
    let Some(ask) = queries::decide(&mut tx, program_id, id, invite, now).await? else {
        return Ok(Decided::Before);
    };
    let mut decided = Decided::Declined(ask.name.clone());
    if invite {
        let asker = Mailbox::new(&ask.name, &ask.email);
        decided =
            if add(&mut tx, by, &asker, now).await? { Decided::Invited(ask.name) } else { Decided::Already(ask.name) };
    }
    let action = if invite { "ask_followed" } else { "ask_declined" };
    let act = Act { actor: Actor::Person(by.viewer().person_id()), action, object_id: id.0 };
    history::record(&mut tx, program_id, act, now).await?;
    tx.commit().await?;
    Ok(decided)
}

/// Adds and invites who asked; `false` when they take part, or took part before.
async fn add(db: &mut PgConnection, by: &ProgramCoordinator, asker: &Mailbox, now: OffsetDateTime) -> Result<bool> {
    let program_id = by.program_id();
    let person_id = accounts::find_or_add(db, asker, &by.program().time_zone, now).await?;
    let added = people::add_all(db, program_id, &[(person_id, Details::default())], now).await?;
    programs::remember_all(db, &[person_id], program_id).await?;
    for part in &added {
        let act = Act { actor: Actor::Person(by.viewer().person_id()), action: "person_added", object_id: part.id.0 };
        history::record(db, program_id, act, now).await?;
        inviting::send_invitations(db, by, &[part.id], now).await?;
    }
    Ok(!added.is_empty())
}
