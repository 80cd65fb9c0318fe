//! A supervisor says what became of their pledges; a peer notes it in private; coordinators read sums.
use super::{
    email::PledgeCheck,
    model::{Followed, PledgeAnswer, may_show_sum, seen, stands},
    queries::{self, Sums},
};
use crate::access::{Peer, ProgramCoordinator};
use crate::base::{
    error::{AppError, Result},
    ids::{ApprovalRequestId, PledgeId, ProgramId},
};
use crate::features::approvals::{self, BuyIn, Request};
use crate::history::{self, Act, Actor};
use crate::outbox::{self, Posting};
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// Enqueues the email, once for each request.
pub(super) async fn ask_what_became(
    db: &mut PgConnection,
    program_id: ProgramId,
    request_id: ApprovalRequestId,
    due_at: OffsetDateTime,
) -> Result<()> {
    let posting = Posting { program_id: Some(program_id), due_at, key: Some(format!("pledge_check:{request_id}")) };
    outbox::enqueue(db, &PledgeCheck { program_id, request_id }, posting).await?;
    Ok(())
}

/// Whoever holds the email about one request's pledges: made from the link in the cookie alone.
#[derive(Debug)]
pub(super) struct PledgeHolder {
    pub(super) program_id: ProgramId,
    pub(super) request_id: ApprovalRequestId,
}

/// What the supervisor's link opens.
#[derive(Debug)]
pub(super) struct Check {
    pub(super) request: Request,
    pub(super) pledges: Vec<Followed>,
    /// Answers can be given and changed.
    pub(super) is_open: bool,
}

impl Check {
    /// What the page that shows this has seen.
    pub(super) fn seen(&self) -> String {
        seen(&self.pledges)
    }
}

async fn read(db: &mut PgConnection, by: &PledgeHolder, now: OffsetDateTime) -> Result<Check> {
    let request = approvals::find(db, by.program_id, by.request_id).await?;
    let pledges = queries::followed(db, by.program_id, by.request_id).await?;
    let is_open = stands(&request, now) && !pledges.is_empty();
    Ok(Check { request, pledges, is_open })
}

pub(super) async fn check(app: &App, by: &PledgeHolder) -> Result<Check> {
    let mut db = app.db.acquire().await?;
    read(&mut db, by, app.clock.now()).await
}

/// How an answer was taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Answered {
    /// Now, or by the same answers before.
    Now,
    /// The page had not shown how it stands now. Nothing was changed.
    Overtaken,
    /// The yes is no longer in effect, or the program has ended. Nothing was changed.
    Closed,
}

/// Takes what a supervisor says of each pledge.
pub(super) async fn answer(
    app: &App,
    by: &PledgeHolder,
    answers: &[(PledgeId, PledgeAnswer)],
    page_seen: &str,
) -> Result<Answered> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    approvals::lock(&mut tx, by.program_id, by.request_id).await?;
    let check = read(&mut tx, by, now).await?;
    if !check.is_open {
        return Ok(Answered::Closed);
    }
    if check.seen() != page_seen {
        // A button pressed twice: what it said stands already.
        let stands = |(id, answer): &(PledgeId, PledgeAnswer)| {
            check.pledges.iter().any(|pledge| pledge.id == *id && pledge.answer == Some(*answer))
        };
        return Ok(if answers.iter().all(stands) { Answered::Now } else { Answered::Overtaken });
    }
    queries::answer(&mut tx, by.program_id, answers, now).await?;
    let act = Act { actor: Actor::Supervisor, action: "pledges_answered", object_id: by.request_id.0 };
    history::record(&mut tx, by.program_id, act, now).await?;
    tx.commit().await?;
    Ok(Answered::Now)
}

/// What was promised to a peer: the supervisor's answers, and the peer's own notes.
#[derive(Debug)]
pub(super) struct Own {
    pub(super) request: Option<Request>,
    pub(super) pledges: Vec<Followed>,
    pub(super) happened: Vec<PledgeId>,
}

pub(super) async fn own(app: &App, by: &Peer) -> Result<Own> {
    let mut db = app.db.acquire().await?;
    let Some(request) = approvals::latest(&mut db, by.program_id(), by.participation_id()).await? else {
        return Ok(Own { request: None, pledges: Vec::new(), happened: Vec::new() });
    };
    let pledges = queries::followed(&mut db, by.program_id(), request.id).await?;
    let happened = queries::ticked(&mut db, by.program_id(), request.id).await?;
    Ok(Own { request: Some(request), pledges, happened })
}

/// Keeps which pledges really happened. Nobody is told, and no history is written.
pub(super) async fn tick(app: &App, by: &Peer, happened: impl Fn(&Followed) -> bool) -> Result<()> {
    if !by.program().state.takes_people() {
        return Err(AppError::NotAllowed("the program has ended"));
    }
    let program_id = by.program_id();
    let mut tx = app.db.begin().await?;
    queries::lock_place(&mut tx, program_id, by.participation_id()).await?.ok_or(AppError::NotFound)?;
    if let Some(request) = approvals::latest(&mut tx, program_id, by.participation_id()).await? {
        let pledges = queries::followed(&mut tx, program_id, request.id).await?;
        let ids: Vec<PledgeId> = pledges.iter().filter(|pledge| happened(pledge)).map(|pledge| pledge.id).collect();
        queries::tick(&mut tx, program_id, request.id, &ids, app.clock.now()).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// How supervisors back a program, in numbers.
#[derive(Debug, Default)]
pub(super) struct Backing {
    pub(super) advocating: i64,
    pub(super) authorised: i64,
    pub(super) declined: i64,
    /// Asked, and nothing is decided.
    pub(super) undecided: i64,
    pub(super) pledges: i64,
    pub(super) kept: i64,
    pub(super) not_kept: i64,
    /// How many pledges really happened, as peers say; `None` as long as that could point at somebody.
    pub(super) happened: Option<i64>,
}

pub(super) async fn backing(app: &App, by: &ProgramCoordinator) -> Result<Backing> {
    let mut db = app.db.acquire().await?;
    let mut backing = Backing::default();
    for (state, pledged, people) in queries::standings(&mut db, by.program_id(), app.clock.now()).await? {
        match BuyIn::of(state, i64::from(pledged)) {
            Some(BuyIn::Advocating) => backing.advocating += people,
            Some(BuyIn::Authorised) => backing.authorised += people,
            Some(BuyIn::Declined) => backing.declined += people,
            None => backing.undecided += people,
        }
    }
    let Sums { pledges, kept, not_kept, peers, happened } = queries::sums(&mut db, by.program_id()).await?;
    backing.pledges = pledges;
    backing.kept = kept;
    backing.not_kept = not_kept;
    backing.happened = may_show_sum(pledges, peers).then_some(happened);
    Ok(backing)
}
