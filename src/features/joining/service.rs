//! A peer joins, asks their supervisor, asks again, accepts a condition.
use super::{
    model::Forbidden,
    queries::{self, Place},
};
use crate::access::{ParticipationState, Peer, ProgramCoordinator};
use crate::base::{
    error::{AppError, Result},
    ids::{ApprovalRequestId, ParticipationId, PersonId, ProgramId},
    local_time, text,
};
use crate::features::{
    approvals::{
        self, Holding, NewRequest, OnceMore, Promise, Purpose, Request, RequestFacts, RequestState, Told, may_ask_again,
    },
    people::{self, Joining},
    programs, reminders,
};
use crate::history::{self, Act, Actor};
use crate::mail::Mailbox;
use crate::web::{
    limits::{self, Limit},
    state::App,
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// Where a peer's place stands.
#[derive(Debug)]
pub(super) struct Standing {
    pub(super) place: Place,
    pub(super) request: Option<Request>,
    pub(super) promises: Vec<Promise>,
    pub(super) earlier: Vec<RequestFacts>,
    /// An earlier yes that holds while a newer request waits.
    pub(super) holding: Option<Holding>,
    /// The email to the supervisor did not arrive: the server's last words.
    pub(super) undelivered: Option<String>,
}

pub(super) async fn standing(app: &App, by: &Peer) -> Result<Standing> {
    let (program_id, participation_id) = (by.program_id(), by.participation_id());
    let mut db = app.db.acquire().await?;
    let place = queries::place(&mut db, program_id, participation_id).await?;
    let request = approvals::latest(&mut db, program_id, participation_id).await?;
    let Some(request) = request else {
        let (promises, earlier) = (Vec::new(), Vec::new());
        return Ok(Standing { place, request: None, promises, earlier, holding: None, undelivered: None });
    };
    let promises = approvals::promises(&mut db, program_id, request.id).await?;
    let earlier = approvals::earlier(&mut db, program_id, participation_id, request.id).await?;
    let today = local_time::day_in(&request.program.time_zone, app.clock.now());
    let holding = approvals::holding(&mut db, program_id, participation_id, Some(request.id), today).await?;
    let mut undelivered = None;
    if matches!(request.standing(app.clock.now()), RequestState::Pending | RequestState::Expired) {
        undelivered = approvals::did_not_arrive(&mut db, request.id).await?;
    }
    Ok(Standing { place, request: Some(request), promises, earlier, holding, undelivered })
}

/// What somebody wants and can offer.
#[derive(Debug)]
pub(super) struct Wishes {
    pub(super) wants: String,
    pub(super) offers: String,
}

/// Whom to ask, and with what words. The id was drawn with the form, so that sending it twice asks once.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) id: ApprovalRequestId,
    pub(super) supervisor: Mailbox,
    pub(super) text: String,
    /// Ask although a yes stands: it holds until the new request is decided.
    pub(super) over_yes: bool,
}

/// How asking ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Now,
    /// The same form before, or by another window.
    Before,
    /// Rule 3 forbids the address.
    Forbidden(Forbidden),
    /// A supervisor has said yes.
    BackedAlready,
}

/// Joins, and asks the supervisor where the program wants that. `words` is there exactly then.
pub(super) async fn join(app: &App, by: &Peer, wishes: &Wishes, words: Option<Words>) -> Result<Asked> {
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
pub(super) async fn change_wishes(app: &App, by: &Peer, wishes: &Wishes) -> Result<()> {
    takes_people(by)?;
    let (program_id, participation_id) = (by.program_id(), by.participation_id());
    let mut tx = app.db.begin().await?;
    // Whoever has not joined yet does so by the form that also asks the supervisor.
    let state = queries::lock_place(&mut tx, program_id, participation_id).await?;
    if matches!(state, ParticipationState::Joined | ParticipationState::OnHold) {
        let place = queries::place(&mut tx, program_id, participation_id).await?;
        mark_joined(&mut tx, by, wishes, &place.supervisor, app.clock.now()).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Asks again, the same supervisor or another: ends what was open and kills its links.
pub(super) async fn ask_again(app: &App, by: &Peer, words: Words) -> Result<Asked> {
    takes_people(by)?;
    let (program_id, participation_id, now) = (by.program_id(), by.participation_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    if queries::lock_place(&mut tx, program_id, participation_id).await? == ParticipationState::Invited
        || approvals::exists(&mut tx, program_id, words.id).await?
    {
        return Ok(Asked::Before);
    }
    let latest = match approvals::lock_latest_id(&mut tx, program_id, participation_id).await? {
        Some(id) => Some(approvals::find(&mut tx, program_id, id).await?),
        None => None,
    };
    if latest.as_ref().is_some_and(|request| just_asked(request, &words, now)) {
        return Ok(Asked::Before);
    }
    count_asking(&mut tx, participation_id, now).await?;
    if let Some(request) = latest {
        if !may_ask_again(Some(request.state)) && !words.over_yes {
            return Ok(Asked::BackedAlready);
        }
        // A yes stands until it is decided anew, and its supervisor keeps the say over it; one that is
        // taken back from a later day holds until then, and its link goes on saying so.
        let today = local_time::day_in(&request.program.time_zone, now);
        let still_holds = request.state == RequestState::Approved
            || request.state == RequestState::Revoked && request.revoked_from.is_some_and(|from| today < from);
        if !still_holds {
            let end = match request.standing(now) {
                RequestState::Expired => RequestState::Expired,
                _ => RequestState::Cancelled,
            };
            approvals::end(&mut tx, &request, end).await?;
        }
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

/// Whether the same was asked of the same supervisor within the last minute, by whatever page.
fn just_asked(request: &Request, words: &Words, now: OffsetDateTime) -> bool {
    request.state == RequestState::Pending
        && request.asked_at > now - Duration::minutes(1)
        && text::fold_email(&request.supervisor.email) == text::fold_email(&words.supervisor.email)
        && request.supervisor.name == words.supervisor.name
        && request.own_words == words.text
}

/// Why nobody at this address, folded, can be asked about a person whose own address is given.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn forbidden(
    db: &mut PgConnection,
    (program_id, participation_id): (ProgramId, ParticipationId),
    own_email: &str,
    folded: &str,
) -> Result<Option<Forbidden>> {
    if folded == text::fold_email(own_email) {
        return Ok(Some(Forbidden::Own));
    }
    if queries::is_in_own_group(db, program_id, participation_id, folded).await? {
        return Ok(Some(Forbidden::InTheGroup));
    }
    let domains = programs::supervisor_domains(db, program_id).await?;
    Ok((!programs::may_ask_at(&domains, folded)).then_some(Forbidden::Elsewhere(domains)))
}

/// Makes the request and its email, unless rule 3 forbids the address.
async fn ask(db: &mut PgConnection, by: &Peer, words: Words, now: OffsetDateTime) -> Result<Asked> {
    let (program_id, participation_id) = (by.program_id(), by.participation_id());
    let folded = text::fold_email(&words.supervisor.email);
    if let Some(why) = forbidden(db, (program_id, participation_id), by.viewer().email(), &folded).await? {
        return Ok(Asked::Forbidden(why));
    }
    let goes_on = approvals::said_yes_before(db, program_id, participation_id, &folded).await?;
    let purpose = if goes_on { Purpose::Reconfirm } else { Purpose::Join };
    let new = NewRequest {
        id: words.id,
        program_id,
        participation_id,
        purpose,
        supervisor: words.supervisor,
        own_words: words.text,
        trip_id: None,
    };
    if !approvals::ask(db, &new, now).await? {
        return Ok(Asked::Before);
    }
    reminders::plan(db, program_id, new.id, now).await?;
    history::record(db, program_id, act(by, "approval_asked", new.id.0), now).await?;
    Ok(Asked::Now)
}

/// A coordinator's wish to send once more, and how it ended.
pub(super) async fn send_again(app: &App, by: &ProgramCoordinator, of: ParticipationId) -> Result<OnceMore> {
    if !by.program().takes_people() {
        return Err(AppError::NotAllowed("the program has ended"));
    }
    let (program_id, now) = (by.program_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    let state = queries::lock_place(&mut tx, program_id, of).await?;
    let Some(id) = approvals::lock_latest_id(&mut tx, program_id, of).await?.filter(|_| state.is_open()) else {
        return Ok(OnceMore::NotWaiting);
    };
    let sent = approvals::ask_once_more(&mut tx, program_id, id, now).await?;
    if sent != OnceMore::Sent {
        return Ok(sent);
    }
    reminders::plan(&mut tx, program_id, id, now).await?;
    count_asking(&mut tx, of, now).await?;
    let actor = Actor::Person(by.viewer().person_id());
    history::record(&mut tx, program_id, Act { actor, action: "approval_sent_again", object_id: id.0 }, now).await?;
    tx.commit().await?;
    Ok(sent)
}

/// How accepting a condition ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Accepted {
    Now,
    /// The button was pressed before, and did it.
    Before,
    /// It is not the condition that the page showed, or there is none to accept.
    Changed,
}

/// The peer takes the condition that the page showed; `seen` is what it had seen of the request.
pub(super) async fn accept(app: &App, by: &Peer, seen: &str) -> Result<Accepted> {
    takes_people(by)?;
    let (program_id, now) = (by.program_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    let Some(id) = approvals::lock_latest_id(&mut tx, program_id, by.participation_id()).await? else {
        return Ok(Accepted::Changed);
    };
    let request = approvals::find(&mut tx, program_id, id).await?;
    let accepted = take_condition(&mut tx, &request, by.viewer().person_id(), seen, now).await?;
    tx.commit().await?;
    Ok(accepted)
}

/// The same for any request, which the caller holds.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn take_condition(
    db: &mut PgConnection,
    request: &Request,
    by: PersonId,
    seen: &str,
    now: OffsetDateTime,
) -> Result<Accepted> {
    let program_id = request.program_id;
    if request.state == RequestState::Approved {
        return Ok(Accepted::Before);
    }
    let (Some(decided_at), true) = (request.decided_at, request.seen() == seen) else {
        return Ok(Accepted::Changed);
    };
    if !approvals::accept(db, program_id, request.id, decided_at, now).await? {
        return Ok(Accepted::Changed);
    }
    approvals::supersede_older(db, program_id, request.id).await?;
    people::settle(db, program_id, Some(request.participation_id), &request.program.time_zone, now).await?;
    approvals::tell_coordinators(db, request, Told::Yes, now).await?;
    let act = Act { actor: Actor::Person(by), action: "condition_accepted", object_id: request.id.0 };
    history::record(db, program_id, act, now).await?;
    Ok(Accepted::Now)
}

/// The peer does not take the condition that the page showed: the request ends, and its
/// supervisor and the coordinators are told.
pub(super) async fn refuse(app: &App, by: &Peer, seen: &str) -> Result<Accepted> {
    takes_people(by)?;
    let (program_id, now) = (by.program_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    let Some(id) = approvals::lock_latest_id(&mut tx, program_id, by.participation_id()).await? else {
        return Ok(Accepted::Changed);
    };
    let request = approvals::find(&mut tx, program_id, id).await?;
    let refused = refuse_condition(&mut tx, &request, by.viewer().person_id(), seen, now).await?;
    tx.commit().await?;
    Ok(refused)
}

/// The same for any request, which the caller holds.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn refuse_condition(
    db: &mut PgConnection,
    request: &Request,
    by: PersonId,
    seen: &str,
    now: OffsetDateTime,
) -> Result<Accepted> {
    if request.state == RequestState::Cancelled {
        return Ok(Accepted::Before);
    }
    if request.state != RequestState::Conditional || request.seen() != seen {
        return Ok(Accepted::Changed);
    }
    approvals::end(db, request, RequestState::Cancelled).await?;
    approvals::confirm(db, request, Told::Refused, now).await?;
    approvals::tell_coordinators(db, request, Told::Refused, now).await?;
    let act = Act { actor: Actor::Person(by), action: Told::Refused.action(), object_id: request.id.0 };
    history::record(db, request.program_id, act, now).await?;
    Ok(Accepted::Now)
}

/// Whether a peer may join, ask and accept: until the program’s last day.
pub(super) fn takes_people(by: &Peer) -> Result<()> {
    if by.program().takes_people() { Ok(()) } else { Err(AppError::NotAllowed("the program has ended")) }
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

/// A supervisor's inbox is not for flooding: so many emails a day about one person.
async fn count_asking(db: &mut PgConnection, of: ParticipationId, now: OffsetDateTime) -> Result<()> {
    let limit = Limit { kind: "ask_again", subject: &of.to_string(), most: 6, window: Duration::days(1) };
    limits::count(db, limit, now).await
}
