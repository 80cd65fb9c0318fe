//! Reading how requests stand, and asking a peer to do something about theirs.
use super::{
    email::{AskAgain, CorrectAddress},
    model::{After, ENDS_SOON, Section, Wish},
    queries::{self, Moment, Pledged, Stand, Told},
};
use crate::access::{InProgram, ProgramCoordinator};
use crate::base::{
    error::{AppError, Result},
    ids::{ApprovalRequestId, ParticipationId},
    local_time,
};
use crate::features::{
    approvals,
    people::{self, Someone},
};
use crate::history::{self, Act, Actor};
use crate::outbox::{self, Posting};
use crate::web::state::App;
use sqlx::PgConnection;
use uuid::Uuid;

/// Requests shown on one page.
const PAGE: usize = 50;
/// Requests read at once for a file.
const BATCH: usize = 1_000;

/// A page of the list.
#[derive(Debug)]
pub(super) struct Standings {
    pub(super) stands: Vec<Stand>,
    /// Where the next page begins.
    pub(super) next: Option<After>,
}

pub(super) async fn list(
    app: &App,
    by: &ProgramCoordinator,
    section: Option<Section>,
    after: Option<After>,
) -> Result<Standings> {
    part(app, by, section, after, PAGE).await
}

/// The same list in larger parts, for a file.
pub(super) async fn list_for_file(app: &App, by: &ProgramCoordinator, after: Option<After>) -> Result<Standings> {
    part(app, by, None, after, BATCH).await
}

async fn part(
    app: &App,
    by: &ProgramCoordinator,
    section: Option<Section>,
    after: Option<After>,
    most: usize,
) -> Result<Standings> {
    let now = app.clock.now();
    let today = local_time::day_in(&by.program().time_zone, now);
    let moment = Moment { now, soon: today.saturating_add(ENDS_SOON) };
    let one_more = i64::try_from(most).unwrap_or(50) + 1;
    let mut db = app.db.acquire().await?;
    let mut stands = queries::list(&mut db, by.program_id(), section, (after, one_more), moment).await?;
    let more = stands.len() > most;
    stands.truncate(most);
    let next = stands.last().filter(|_| more).map(|last| After {
        section: last.section,
        asked_at: last.asked_at,
        id: last.id.0,
    });
    Ok(Standings { stands, next })
}

/// Every request of one person, with what was promised.
#[derive(Debug)]
pub(crate) struct History {
    pub(super) who: Someone,
    /// The newest first.
    pub(super) requests: Vec<Told>,
    pub(super) pledges: Vec<Pledged>,
}

impl History {
    pub(crate) const fn is_empty(&self) -> bool {
        self.requests.is_empty()
    }
}

/// One person's requests as coordinators may read them. The caller has checked that whoever reads
/// is a coordinator, or the person.
///
/// # Errors
/// `NotFound` when nobody of this program has this part.
pub(crate) async fn history_of(db: &mut PgConnection, program: &InProgram, of: ParticipationId) -> Result<History> {
    let who = people::find(db, program.id, of).await?.ok_or(AppError::NotFound)?;
    let requests = queries::of_somebody(db, program.id, of).await?;
    let ids: Vec<ApprovalRequestId> = requests.iter().map(|request| request.id).collect();
    let pledges = queries::pledged(db, program.id, &ids).await?;
    Ok(History { who, requests, pledges })
}

pub(super) async fn of_somebody(app: &App, by: &ProgramCoordinator, of: ParticipationId) -> Result<History> {
    let mut db = app.db.acquire().await?;
    history_of(&mut db, by.program(), of).await
}

/// What came of asking a peer to do something about their newest request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// With the peer's name; also when the button was pressed twice.
    Sent(String),
    /// It makes no sense any more for any request of theirs.
    NotNow(String),
}

/// Asks a peer by email to do something about their newest request. `press` is the id of the button that
/// was pressed, so that pressing it twice sends one email.
pub(super) async fn ask_peer(
    app: &App,
    by: &ProgramCoordinator,
    of: ParticipationId,
    (wish, press): (Wish, Uuid),
) -> Result<Asked> {
    let (program_id, now) = (by.program_id(), app.clock.now());
    let mut tx = app.db.begin().await?;
    let who = people::find(&mut tx, program_id, of).await?.ok_or(AppError::NotFound)?;
    let Some(request_id) = approvals::lock_latest_id(&mut tx, program_id, of).await? else {
        return Ok(Asked::NotNow(who.name));
    };
    let request = approvals::find(&mut tx, program_id, request_id).await?;
    if !wish.still_fits(&request, now) {
        return Ok(Asked::NotNow(who.name));
    }
    let posting =
        |kind| Posting { program_id: Some(program_id), due_at: now, key: Some(format!("{kind}:{request_id}:{press}")) };
    let (is_new, action) = match wish {
        Wish::CorrectAddress => {
            let letter = CorrectAddress { program_id, request_id };
            (outbox::enqueue(&mut tx, &letter, posting("correct_address")).await?, "address_correction_asked")
        }
        Wish::AskAgain => {
            let letter = AskAgain { program_id, request_id };
            (outbox::enqueue(&mut tx, &letter, posting("ask_again")).await?, "asking_again_reminded")
        }
    };
    if is_new {
        let actor = Actor::Person(by.viewer().person_id());
        history::record(&mut tx, program_id, Act { actor, action, object_id: request_id.0 }, now).await?;
        tx.commit().await?;
    }
    Ok(Asked::Sent(who.name))
}
