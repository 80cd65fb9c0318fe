//! Commands on whom a program invites. Each is one transaction, and takes the proof that it is allowed.
mod correcting;

pub(super) use correcting::{Corrected, correct};

use super::email::Invitation;
use crate::access::{ParticipationState, ProgramCoordinator, ProgramState};
use crate::base::{
    error::{AppError, Result},
    ids::ParticipationId,
    local_time,
};
use crate::features::{
    accounts,
    people::{self, Someone},
    programs,
};
use crate::history::{self, Act, Actor};
use crate::links::{self, LinkKind};
use crate::outbox::{self, Posting};
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

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
    let waiting = people::invite_all(&mut tx, program_id, now).await?;
    send_invitations(&mut tx, by, &waiting, now).await?;
    let act = Act { actor: Actor::Person(by.viewer().person_id()), action: "program_opened", object_id: program_id.0 };
    history::record(&mut tx, program_id, act, now).await?;
    tx.commit().await?;
    Ok(Opened::Open { invited: waiting.len() })
}

/// Sends the first invitation to each of these.
///
/// # Errors
/// When the database does not answer.
pub async fn send_invitations(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    to: &[ParticipationId],
    now: OffsetDateTime,
) -> Result<()> {
    let (program_id, by) = (by.program_id(), by.viewer().person_id());
    let letters: Vec<(Invitation, String)> = to
        .iter()
        .map(|id| (Invitation { program_id, participation_id: *id, by }, format!("invitation:{id}")))
        .collect();
    outbox::enqueue_all(db, &letters, Some(program_id), now).await
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
    if !programs::lock(&mut tx, program_id).await?.takes_people() || by.program().is_over {
        return Ok(InvitedAgain::NotOpen);
    }
    let who = people::find(&mut tx, program_id, id).await?.ok_or(AppError::NotFound)?;
    if !people::invite_one(&mut tx, program_id, id, now).await? {
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
    let who = people::find(&mut tx, program_id, id).await?.ok_or(AppError::NotFound)?;
    let Some(person_id) = people::take_off(&mut tx, program_id, id).await? else {
        return Ok(TakenOff::TooLate(who.name));
    };
    programs::forget_if_unrelated(&mut tx, person_id, program_id).await?;
    let act = Act { actor: Actor::Person(by.viewer().person_id()), action: "person_taken_off", object_id: id.0 };
    history::record(&mut tx, program_id, act, app.clock.now()).await?;
    tx.commit().await?;
    Ok(TakenOff::Done(who.name))
}

/// Whether supervisors have to agree, and how many people will be invited when the program opens.
pub(super) async fn waiting(app: &App, by: &ProgramCoordinator) -> Result<(bool, usize)> {
    let mut db = app.db.acquire().await?;
    people::waiting(&mut db, by.program_id()).await
}

/// Somebody who may be taken off: invited, as far as is known now.
pub(super) async fn invited(app: &App, by: &ProgramCoordinator, id: ParticipationId) -> Result<Option<Someone>> {
    let mut db = app.db.acquire().await?;
    let who = people::find(&mut db, by.program_id(), id).await?.ok_or(AppError::NotFound)?;
    Ok(Some(who).filter(|who| who.state == ParticipationState::Invited))
}
