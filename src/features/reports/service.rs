//! Reporting an item, withdrawing that, and deciding.
use super::{
    email::{ReportDecided, ReportToDecide},
    model::{Case, Decision, Done, Filed, Own},
    queries::{self, Which},
};
use crate::access::{GroupMember, ProgramContact};
use crate::base::{
    error::{AppError, Result},
    ids::{FeedbackId, ParticipationId, PersonId, ProgramId},
};
use crate::features::{
    feedback::{self, Feedback, Key, Standing, Text},
    second_wordings::{self, Of, Second},
    showing::{self, Around},
};
use crate::outbox::{self, Posting};
use crate::web::state::App;
use sqlx::PgConnection;
use std::collections::BTreeSet;
use time::OffsetDateTime;

/// What a reader finds who wants to report an item, or has.
#[derive(Debug)]
pub(super) enum Found {
    /// They reported it; what became of that stands around the item, and the case says who reads it.
    Reported(Own, Box<Around>, Option<Case>),
    /// They can; the case says who would read it.
    CanReport(Box<Around>, Option<Case>),
    /// It is theirs to read, and not to report: a draft, not opened, or closed.
    Not,
}

/// What a reader can report, or has.
///
/// # Errors
/// `NotFound` when they neither read the item nor reported it.
pub(super) async fn find(app: &App, by: &GroupMember, id: FeedbackId) -> Result<Found> {
    let mut db = app.db.acquire().await?;
    let which = Which::One(id, Some(by.participation_id()));
    if let Some(own) = queries::own(&mut db, by, id).await? {
        let around = showing::around(&mut db, by, id).await?;
        let case = queries::cases(&mut db, &[by.program_id()], which).await?.pop();
        return Ok(Found::Reported(own, Box::new(around), case));
    }
    let Some(around) = reportable(&mut db, by, id).await? else { return Ok(Found::Not) };
    let case = queries::cases(&mut db, &[by.program_id()], which).await?.pop();
    Ok(Found::CanReport(Box::new(around), case))
}

/// What stands around an item that this reader can report.
async fn reportable(db: &mut PgConnection, by: &GroupMember, id: FeedbackId) -> Result<Option<Around>> {
    let item = feedback::read_in(db, by, id).await?;
    let reads = !matches!(item.standing, Standing::Draft | Standing::Unopened);
    Ok(item.around.filter(|around| reads && !around.is_closed()))
}

/// What became of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filing {
    Done,
    /// Theirs is there already.
    Before,
    /// There is nothing to report any more.
    Late,
}

/// Reports an item: from now on only those whom it concerns read it, and it counts nowhere. The contact who may
/// decide is told.
///
/// # Errors
/// `NotFound` when this member does not read it.
pub(super) async fn file(app: &App, by: &GroupMember, id: FeedbackId, line: &str) -> Result<Filing> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let key = feedback::key(by, id);
    feedback::lock(&mut tx, key).await?;
    if queries::own(&mut tx, by, id).await?.is_some() {
        return Ok(Filing::Before);
    }
    if reportable(&mut tx, by, id).await?.is_none() {
        return Ok(Filing::Late);
    }
    if !queries::insert(&mut tx, by, id, line, now).await? {
        return Ok(Filing::Before);
    }
    feedback::set_aside(&mut tx, key, now).await?;
    tell_contact(&mut tx, by.program_id(), id, now).await?;
    tx.commit().await?;
    Ok(Filing::Done)
}

/// Once for as long as the item is set aside; again only when somebody else is to decide.
async fn tell_contact(db: &mut PgConnection, program_id: ProgramId, id: FeedbackId, now: OffsetDateTime) -> Result<()> {
    let Some(case) = queries::cases(db, &[program_id], Which::One(id, None)).await?.pop() else { return Ok(()) };
    let (Some(decider), Some(since)) = (case.decider, case.reported_at) else { return Ok(()) };
    let letter = ReportToDecide { program_id, feedback_id: id, to: decider.id };
    let key = format!("report:{id}:{}:{}", since.unix_timestamp_nanos(), decider.id);
    outbox::enqueue(db, &letter, Posting { program_id: Some(program_id), due_at: now, key: Some(key) }).await?;
    Ok(())
}

/// `open → withdrawn`; everything is as before, unless somebody else reported it too. `false`: there is nothing to
/// withdraw any more.
pub(super) async fn withdraw(app: &App, by: &GroupMember, id: FeedbackId) -> Result<bool> {
    let mut tx = app.db.begin().await?;
    let key = feedback::key(by, id);
    feedback::lock(&mut tx, key).await?;
    if !queries::withdraw(&mut tx, by, id, app.clock.now()).await? {
        return Ok(false);
    }
    if queries::filed(&mut tx, by.program_id(), id).await?.is_empty() {
        feedback::put_back(&mut tx, key).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// What a contact has to decide, and has decided.
pub(super) async fn of_contact(app: &App, by: &ProgramContact) -> Result<(Vec<Case>, Vec<Done>)> {
    let mut db = app.db.acquire().await?;
    let me = by.viewer().person_id();
    let mut open = queries::cases(&mut db, &[by.program_id()], Which::Open).await?;
    open.retain(|case| case.is_for(me));
    Ok((open, queries::done(&mut db, by.program_id(), me).await?))
}

/// An item as the contact who decides reads it.
#[derive(Debug)]
pub(super) struct Brought {
    pub(super) case: Case,
    pub(super) feedback: Feedback,
    pub(super) texts: Vec<Text>,
    /// What stands beside the first words: a revision, or how the other remembers what was said.
    pub(super) second: Option<Second>,
    pub(super) filed: Vec<Filed>,
}

/// What a contact finds under the address of an item.
#[derive(Debug)]
pub(super) enum ForContact {
    ToDecide(Box<Brought>),
    /// They decided; its words are closed to them again.
    Decided(Done),
}

/// A reported item for the contact who may decide about it.
///
/// # Errors
/// `NotFound` for every other contact, and when nothing is reported.
pub(super) async fn brought(app: &App, by: &ProgramContact, id: FeedbackId) -> Result<ForContact> {
    let mut db = app.db.acquire().await?;
    let me = by.viewer().person_id();
    let open = queries::cases(&mut db, &[by.program_id()], Which::Open).await?;
    let Some(case) = open.into_iter().find(|case| case.id == id && case.is_for(me)) else {
        let done = queries::done(&mut db, by.program_id(), me).await?;
        return done.into_iter().find(|done| done.id == id).map(ForContact::Decided).ok_or(AppError::NotFound);
    };
    let (feedback, texts) = feedback::read_reported(&mut db, by, key(&case)).await?;
    let of = Of { program_id: by.program_id(), feedback_id: id, receiver_id: feedback.receiver_id };
    let second = second_wordings::find(&mut db, of, feedback.format).await?;
    let filed = queries::filed(&mut db, by.program_id(), id).await?;
    Ok(ForContact::ToDecide(Box::new(Brought { case, feedback, texts, second, filed })))
}

const fn key(case: &Case) -> Key {
    Key { program: case.program_id, group: case.group_id, id: case.id }
}

/// Decides about everything reported about an item; who reported it and the two are told. `false`: it was decided
/// or withdrawn before.
///
/// # Errors
/// `NotFound` for whoever may not decide about it.
pub(super) async fn decide(app: &App, by: &ProgramContact, id: FeedbackId, decision: &Decision) -> Result<bool> {
    let now = app.clock.now();
    let (program_id, me) = (by.program_id(), by.viewer().person_id());
    let mut tx = app.db.begin().await?;
    let there = queries::cases(&mut tx, &[program_id], Which::One(id, None)).await?.pop().ok_or(AppError::NotFound)?;
    let key = key(&there);
    feedback::lock(&mut tx, key).await?;
    // Asked again under the lock: meanwhile somebody may have reported it who bars this contact.
    let case = queries::cases(&mut tx, &[program_id], Which::One(id, None)).await?.pop();
    if !case.is_some_and(|case| case.is_for(me) && case.reported_at.is_some()) {
        return if queries::done(&mut tx, program_id, me).await?.iter().any(|done| done.id == id) {
            Ok(false)
        } else {
            Err(AppError::NotFound)
        };
    }
    let reporters = queries::decide(&mut tx, (program_id, id), me, decision, now).await?;
    if reporters.is_empty() {
        return Ok(false);
    }
    if decision.stands {
        feedback::put_back(&mut tx, key).await?;
    }
    let item = feedback::find(&mut tx, key).await?.ok_or(AppError::NotFound)?;
    let told: BTreeSet<ParticipationId> = reporters.into_iter().chain([item.giver_id, item.receiver_id]).collect();
    let letters: Vec<(ReportDecided, String)> = told
        .into_iter()
        .map(|to| {
            let letter = ReportDecided { program_id, feedback_id: id, to, decided_at: now.unix_timestamp() };
            (letter, format!("report-decided:{id}:{}:{to}", now.unix_timestamp()))
        })
        .collect();
    outbox::enqueue_all(&mut tx, &letters, Some(program_id), now).await?;
    tx.commit().await?;
    Ok(true)
}

/// How many items wait for this person's decision as contact, by program.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn to_decide(db: &mut PgConnection, programs: &[ProgramId], me: PersonId) -> Result<Vec<ProgramId>> {
    let cases = queries::cases(db, programs, Which::Open).await?;
    Ok(cases.into_iter().filter(|case| case.is_for(me)).map(|case| case.program_id).collect())
}
