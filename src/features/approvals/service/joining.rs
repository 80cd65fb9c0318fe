//! A peer joins, asks their supervisor, asks again, accepts a condition.
use super::super::{
    email::AskSupervisor,
    model::{NewRequest, Purpose, RequestState, Told, may_ask_again},
    queries,
};
use super::tell_coordinators;
use crate::access::{ParticipationState, Peer, ProgramCoordinator};
use crate::base::{
    error::{AppError, Result},
    ids::{ApprovalRequestId, ParticipationId, ProgramId},
    text,
};
use crate::features::people::{self, Joining};
use crate::history::{self, Act, Actor};
use crate::links::{self, LinkKind};
use crate::mail::Mailbox;
use crate::outbox::{self, Posting};
use crate::web::{
    limits::{self, Limit},
    state::App,
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// What somebody wants and can offer.
#[derive(Debug)]
pub(in super::super) struct Wishes {
    pub(in super::super) wants: String,
    pub(in super::super) offers: String,
}

/// Whom to ask, and with what words. The id was drawn with the form, so that sending it twice asks once.
#[derive(Debug)]
pub(in super::super) struct Words {
    pub(in super::super) id: ApprovalRequestId,
    pub(in super::super) supervisor: Mailbox,
    pub(in super::super) text: String,
}

/// How asking ended.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) enum Asked {
    Now,
    /// The same form before, or by another window.
    Before,
    /// The address is the peer's own.
    OwnAddress,
    /// The address is of somebody in the peer's group.
    InTheGroup,
    /// A supervisor has said yes.
    BackedAlready,
}

/// Joins, and asks the supervisor where the program wants that. `words` is there exactly then.
pub(in super::super) async fn join(app: &App, by: &Peer, wishes: &Wishes, words: Option<Words>) -> Result<Asked> {
    takes_people(by)?;
    let (program_id, participation_id, now) = (by.program_id(), by.participation_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    if queries::lock_place(&mut tx, program_id, participation_id).await? != ParticipationState::Invited {
        return Ok(Asked::Before);
    }
    let place = queries::place(&mut tx, program_id, participation_id).await?;
    let supervisor = words.as_ref().map_or(&place.supervisor, |words| &words.supervisor);
    mark_joined(&mut tx, by, wishes, supervisor, now).await?;
    history::record(&mut tx, program_id, act(by, "joined", participation_id.0), now).await?;
    if let Some(words) = words {
        match ask(&mut tx, by, words, now).await? {
            Asked::Now | Asked::Before => {}
            // Nothing is committed: the form is shown again.
            refused => return Ok(refused),
        }
    }
    tx.commit().await?;
    Ok(Asked::Now)
}

/// Changes what a peer wants and offers.
pub(in super::super) async fn change_wishes(app: &App, by: &Peer, wishes: &Wishes) -> Result<()> {
    takes_people(by)?;
    let (program_id, participation_id) = (by.program_id(), by.participation_id());
    let mut tx = app.db.begin().await?;
    // Whoever has not joined yet does so by the form that also asks the supervisor.
    if queries::lock_place(&mut tx, program_id, participation_id).await? == ParticipationState::Joined {
        let place = queries::place(&mut tx, program_id, participation_id).await?;
        mark_joined(&mut tx, by, wishes, &place.supervisor, app.clock.now()).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Asks again, the same supervisor or another: ends what was open and kills its links.
pub(in super::super) async fn ask_again(app: &App, by: &Peer, words: Words) -> Result<Asked> {
    takes_people(by)?;
    let (program_id, participation_id, now) = (by.program_id(), by.participation_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    if queries::lock_place(&mut tx, program_id, participation_id).await? == ParticipationState::Invited
        || queries::exists(&mut tx, program_id, words.id).await?
    {
        return Ok(Asked::Before);
    }
    count_asking(&mut tx, participation_id, now).await?;
    if let Some(old) = queries::lock_latest_id(&mut tx, program_id, participation_id).await? {
        let request = queries::find(&mut tx, program_id, old).await?;
        if !may_ask_again(Some(request.state)) {
            return Ok(Asked::BackedAlready);
        }
        let end = match request.standing(now) {
            RequestState::Expired => RequestState::Expired,
            _ => RequestState::Cancelled,
        };
        queries::close(&mut tx, program_id, old, end).await?;
        links::forget(&mut tx, LinkKind::Answer, old.0).await?;
    }
    let place = queries::place(&mut tx, program_id, participation_id).await?;
    let wishes = Wishes { wants: place.wants, offers: place.offers };
    mark_joined(&mut tx, by, &wishes, &words.supervisor, now).await?;
    let asked = ask(&mut tx, by, words, now).await?;
    if matches!(asked, Asked::Now | Asked::Before) {
        tx.commit().await?;
    }
    Ok(asked)
}

/// Makes the request and its email, unless rule 3 forbids the address.
async fn ask(db: &mut PgConnection, by: &Peer, words: Words, now: OffsetDateTime) -> Result<Asked> {
    let (program_id, participation_id) = (by.program_id(), by.participation_id());
    let folded = text::fold_email(&words.supervisor.email);
    if folded == text::fold_email(by.viewer().email()) {
        return Ok(Asked::OwnAddress);
    }
    if queries::is_in_own_group(db, program_id, participation_id, &folded).await? {
        return Ok(Asked::InTheGroup);
    }
    let new = NewRequest {
        id: words.id,
        program_id,
        participation_id,
        purpose: Purpose::Join,
        supervisor: words.supervisor,
        own_words: words.text,
    };
    if !queries::insert(db, &new, now).await? {
        return Ok(Asked::Before);
    }
    enqueue_asking(db, program_id, new.id, now).await?;
    history::record(db, program_id, act(by, "approval_asked", new.id.0), now).await?;
    Ok(Asked::Now)
}

/// Whether a coordinator's wish to send once more was followed.
pub(in super::super) async fn send_again(app: &App, by: &ProgramCoordinator, of: ParticipationId) -> Result<bool> {
    if !by.program().state.takes_people() {
        return Err(AppError::NotAllowed("the program has ended"));
    }
    let (program_id, now) = (by.program_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    let state = queries::lock_place(&mut tx, program_id, of).await?;
    let Some(id) = queries::lock_latest_id(&mut tx, program_id, of).await?.filter(|_| state.is_open()) else {
        return Ok(false);
    };
    if !queries::renew(&mut tx, program_id, id, now).await? {
        return Ok(false);
    }
    count_asking(&mut tx, of, now).await?;
    links::forget(&mut tx, LinkKind::Answer, id.0).await?;
    enqueue_asking(&mut tx, program_id, id, now).await?;
    let actor = Actor::Person(by.viewer().person_id());
    history::record(&mut tx, program_id, Act { actor, action: "approval_sent_again", object_id: id.0 }, now).await?;
    tx.commit().await?;
    Ok(true)
}

/// How accepting a condition ended.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) enum Accepted {
    Now,
    /// It is not the condition that the page showed, or there is none to accept.
    Changed,
}

/// The peer takes the condition that the page showed; `seen` is what it had seen of the request.
pub(in super::super) async fn accept(app: &App, by: &Peer, seen: &str) -> Result<Accepted> {
    takes_people(by)?;
    let (program_id, now) = (by.program_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    let Some(request) = queries::latest(&mut tx, program_id, by.participation_id()).await? else {
        return Ok(Accepted::Changed);
    };
    let (Some(decided_at), true) = (request.decided_at, request.seen() == seen) else {
        return Ok(Accepted::Changed);
    };
    if !queries::accept(&mut tx, program_id, request.id, decided_at, now).await? {
        return Ok(Accepted::Changed);
    }
    tell_coordinators(&mut tx, &request, Told::Yes, now).await?;
    history::record(&mut tx, program_id, act(by, "condition_accepted", request.id.0), now).await?;
    tx.commit().await?;
    Ok(Accepted::Now)
}

fn takes_people(by: &Peer) -> Result<()> {
    if by.program().state.takes_people() { Ok(()) } else { Err(AppError::NotAllowed("the program has ended")) }
}

const fn act<'a>(by: &Peer, action: &'a str, object_id: uuid::Uuid) -> Act<'a> {
    Act { actor: Actor::Person(by.viewer().person_id()), action, object_id }
}

async fn mark_joined(
    db: &mut PgConnection,
    by: &Peer,
    wishes: &Wishes,
    supervisor: &Mailbox,
    now: OffsetDateTime,
) -> Result<()> {
    let joining = Joining {
        wants: &wishes.wants,
        offers: &wishes.offers,
        supervisor_name: &supervisor.name,
        supervisor_email: &supervisor.email,
    };
    people::mark_joined(db, by.program_id(), by.participation_id(), &joining, now).await
}

async fn enqueue_asking(
    db: &mut PgConnection,
    program_id: ProgramId,
    request_id: ApprovalRequestId,
    now: OffsetDateTime,
) -> Result<()> {
    let posting = Posting { program_id: Some(program_id), due_at: now, key: None };
    outbox::enqueue(db, &AskSupervisor { program_id, request_id }, posting).await?;
    Ok(())
}

/// A supervisor's inbox is not for flooding: so many emails a day about one person.
async fn count_asking(db: &mut PgConnection, of: ParticipationId, now: OffsetDateTime) -> Result<()> {
    let limit = Limit { kind: "ask_again", subject: &of.to_string(), most: 6, window: Duration::days(1) };
    limits::count(db, limit, now).await
}
