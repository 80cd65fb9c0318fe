//! Commands on who takes part. Each is one transaction, and takes the proof that it is allowed.
mod correcting;

pub(super) use correcting::{Corrected, correct};

use super::{
    email::Invitation,
    model::{NewPerson, Tally},
    queries::{self, Listed, OpenQuestions, Someone},
};
use crate::access::{ParticipationState, ProgramCoordinator, ProgramState};
use crate::base::{
    error::{AppError, Result},
    ids::{ParticipationId, PersonId},
    local_time, text,
};
use crate::features::{accounts, programs};
use crate::history::{self, Act, Actor};
use crate::links::{self, LinkKind};
use crate::outbox::{self, Posting};
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// What came of pasting lines.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Added {
    Done {
        added: usize,
        already: usize,
    },
    /// The program takes nobody any more.
    Ended,
}

/// Adds people to the program: all of them or, when anything fails, none. Whoever is there
/// already, as a person or in the program, stays as they are.
///
/// Invitations go out at once, from a draft when it is opened.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn add(app: &App, by: &ProgramCoordinator, lines: Vec<NewPerson>) -> Result<Added> {
    let mut tx = app.db.begin().await?;
    let added = add_in(&mut tx, by, lines, app.clock.now()).await?;
    tx.commit().await?;
    Ok(added)
}

/// The same as a part of another command: nothing is written when it gives `Ended`.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn add_in(
    tx: &mut PgConnection,
    by: &ProgramCoordinator,
    mut lines: Vec<NewPerson>,
    now: OffsetDateTime,
) -> Result<Added> {
    let program_id = by.program_id();
    // Opening waits for this, so that nobody is added to a draft and missed when it opens.
    let state = programs::lock(tx, program_id).await?;
    if state != ProgramState::Draft && !state.takes_people() {
        return Ok(Added::Ended);
    }
    // One order for all: two coordinators who paste the same new people cannot wait for each other.
    lines.sort_by_cached_key(|new| text::fold_email(&new.person.email));
    let mut people = Vec::with_capacity(lines.len());
    for new in lines {
        let person_id = accounts::find_or_add(&mut *tx, &new.person, &by.program().time_zone, now).await?;
        people.push((person_id, new));
    }
    let added = queries::insert(&mut *tx, program_id, &people, now).await?;
    let person_ids: Vec<PersonId> = people.iter().map(|(id, _)| *id).collect();
    programs::remember_all(&mut *tx, &person_ids, program_id).await?;
    for id in &added {
        let act = Act { actor: Actor::Person(by.viewer().person_id()), action: "person_added", object_id: id.0 };
        history::record(&mut *tx, program_id, act, now).await?;
    }
    if state.takes_people() {
        send_invitations(tx, by, &added, now).await?;
    }
    Ok(Added::Done { added: added.len(), already: people.len() - added.len() })
}

/// What came of opening a program.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Opened {
    /// With how many people were invited.
    Open { invited: usize },
    /// Its last day is past.
    Over,
    /// It was opened before, or has ended.
    NotDraft,
}

/// `draft → open`, and everybody who was added is invited.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn open(app: &App, by: &ProgramCoordinator) -> Result<Opened> {
    let now = app.clock.now();
    let program_id = by.program_id();
    let mut tx = app.db.begin().await?;
    if programs::lock(&mut tx, program_id).await? != ProgramState::Draft {
        return Ok(Opened::NotDraft);
    }
    let today = local_time::day_in(&by.program().time_zone, now);
    if !programs::open(&mut tx, program_id, now, today).await? {
        return Ok(Opened::Over);
    }
    let waiting = queries::invite_all(&mut tx, program_id, now).await?;
    send_invitations(&mut tx, by, &waiting, now).await?;
    let act = Act { actor: Actor::Person(by.viewer().person_id()), action: "program_opened", object_id: program_id.0 };
    history::record(&mut tx, program_id, act, now).await?;
    tx.commit().await?;
    Ok(Opened::Open { invited: waiting.len() })
}

async fn send_invitations(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    to: &[ParticipationId],
    now: OffsetDateTime,
) -> Result<()> {
    for participation_id in to {
        let key = format!("invitation:{participation_id}");
        send_invitation(db, by, *participation_id, key, now).await?;
    }
    Ok(())
}

async fn send_invitation(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    participation_id: ParticipationId,
    key: String,
    now: OffsetDateTime,
) -> Result<bool> {
    let program_id = by.program_id();
    let letter = Invitation { program_id, participation_id, by: by.viewer().person_id() };
    outbox::enqueue(db, &letter, Posting { program_id: Some(program_id), due_at: now, key: Some(key) }).await
}

/// What came of inviting somebody once more.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum InvitedAgain {
    /// With their name; also when the button was pressed twice.
    Sent(String),
    /// They have joined, or gone, since the page was drawn.
    NotWaiting(String),
    /// The program is not open.
    NotOpen,
}

/// Sends the invitation once more. `press` is the id of the button that was pressed, so that
/// pressing it twice sends one email. Links in earlier invitations stop working.
///
/// # Errors
/// `NotFound` when nobody of this program has this part.
pub(super) async fn invite_again(
    app: &App,
    by: &ProgramCoordinator,
    id: ParticipationId,
    press: Uuid,
) -> Result<InvitedAgain> {
    let now = app.clock.now();
    let program_id = by.program_id();
    let mut tx = app.db.begin().await?;
    if !programs::lock(&mut tx, program_id).await?.takes_people() {
        return Ok(InvitedAgain::NotOpen);
    }
    let who = queries::find(&mut tx, program_id, id).await?.ok_or(AppError::NotFound)?;
    if !queries::invite_one(&mut tx, program_id, id, now).await? {
        return Ok(InvitedAgain::NotWaiting(who.name));
    }
    if !send_invitation(&mut tx, by, id, format!("invitation:{id}:{press}"), now).await? {
        return Ok(InvitedAgain::Sent(who.name));
    }
    // Without an account, every password link of theirs came with an invitation. Whoever has
    // one may have asked for a new password themselves: that link is not ours to end.
    if !accounts::has_account(&mut tx, who.person_id).await? {
        links::forget(&mut tx, LinkKind::Password, who.person_id.0).await?;
    }
    let act = Act { actor: Actor::Person(by.viewer().person_id()), action: "person_invited_again", object_id: id.0 };
    history::record(&mut tx, program_id, act, now).await?;
    tx.commit().await?;
    Ok(InvitedAgain::Sent(who.name))
}

/// What came of taking somebody off.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TakenOff {
    Done(String),
    /// They have acted since the page was drawn.
    TooLate(String),
}

/// Takes off somebody who is invited and never acted.
///
/// # Errors
/// `NotFound` when nobody of this program has this part.
pub(super) async fn take_off(app: &App, by: &ProgramCoordinator, id: ParticipationId) -> Result<TakenOff> {
    let program_id = by.program_id();
    let mut tx = app.db.begin().await?;
    let who = queries::find(&mut tx, program_id, id).await?.ok_or(AppError::NotFound)?;
    let Some(person_id) = queries::take_off(&mut tx, program_id, id).await? else {
        return Ok(TakenOff::TooLate(who.name));
    };
    programs::forget_if_unrelated(&mut tx, person_id, program_id).await?;
    let act = Act { actor: Actor::Person(by.viewer().person_id()), action: "person_taken_off", object_id: id.0 };
    history::record(&mut tx, program_id, act, app.clock.now()).await?;
    tx.commit().await?;
    Ok(TakenOff::Done(who.name))
}

/// A page of the list, and what is said over it.
pub(super) struct People {
    pub(super) listed: Vec<Listed>,
    /// There are more after these.
    pub(super) more: bool,
    pub(super) tallies: Vec<Tally>,
    pub(super) approval_required: bool,
    pub(super) open: OpenQuestions,
}

/// People shown on one page.
const PAGE: usize = 50;

pub(super) async fn read(app: &App, by: &ProgramCoordinator, after: Option<ParticipationId>) -> Result<People> {
    let mut db = app.db.acquire().await?;
    let one_more = i64::try_from(PAGE).unwrap_or(50) + 1;
    let mut listed = queries::list(&mut db, by.program_id(), after, one_more).await?;
    let more = listed.len() > PAGE;
    listed.truncate(PAGE);
    let tallies = queries::tallies(&mut db, by.program_id()).await?;
    let (approval_required, _) = queries::waiting(&mut db, by.program_id()).await?;
    let open = queries::open_questions(&mut db, by.program_id()).await?;
    Ok(People { listed, more, tallies, approval_required, open })
}

/// Whether supervisors have to agree, and how many people will be invited when the program opens.
pub(super) async fn waiting(app: &App, by: &ProgramCoordinator) -> Result<(bool, usize)> {
    let mut db = app.db.acquire().await?;
    queries::waiting(&mut db, by.program_id()).await
}

/// Somebody who may be taken off: invited, as far as is known now.
pub(super) async fn invited(app: &App, by: &ProgramCoordinator, id: ParticipationId) -> Result<Option<Someone>> {
    let mut db = app.db.acquire().await?;
    let who = queries::find(&mut db, by.program_id(), id).await?.ok_or(AppError::NotFound)?;
    Ok(Some(who).filter(|who| who.state == ParticipationState::Invited))
}
