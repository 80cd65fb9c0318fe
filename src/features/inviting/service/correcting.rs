//! Correcting whom a coordinator invited, while there is no account.
use super::send_invitation;
use crate::access::{ParticipationState, ProgramCoordinator, ProgramState};
use crate::base::{
    error::{AppError, Result},
    ids::{ParticipationId, PersonId},
    text,
};
use crate::features::{accounts, people, programs};
use crate::history::{self, Act, Actor};
use crate::links::{self, LinkKind};
use crate::mail::Mailbox;
use crate::web::state::App;
use sqlx::PgConnection;
use time::OffsetDateTime;

/// What came of correcting a name or an address.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) enum Corrected {
    Done,
    /// They have an account, or have answered, or the program takes nobody any more.
    TooLate,
    /// Somebody with the new address is in the program.
    AlreadyHere,
}

/// Puts the right name and address in place of the ones a coordinator entered.
///
/// Another address is another person: the one with the old address may be known to other programs,
/// and their mail must not go to an address that a coordinator of this one types.
///
/// # Errors
/// `NotFound` when nobody of this program has this part.
pub(in super::super) async fn correct(
    app: &App,
    by: &ProgramCoordinator,
    id: ParticipationId,
    right: &Mailbox,
) -> Result<Corrected> {
    let now = app.clock.now();
    let program_id = by.program_id();
    let mut tx = app.db.begin().await?;
    let state = programs::lock(&mut tx, program_id).await?;
    let who = people::find(&mut tx, program_id, id).await?.ok_or(AppError::NotFound)?;
    let may = state == ProgramState::Draft || state.takes_people();
    if !may || who.state != ParticipationState::Invited || accounts::has_account(&mut tx, who.person_id).await? {
        return Ok(Corrected::TooLate);
    }
    if text::fold_email(&right.email) == text::fold_email(&who.email) {
        if !accounts::correct_name(&mut tx, who.person_id, program_id, &right.name, now).await? {
            return Ok(Corrected::TooLate);
        }
    } else {
        let person_id = accounts::find_or_add(&mut tx, right, &by.program().time_zone, now).await?;
        if !people::replace_person(&mut tx, program_id, id, person_id).await? {
            return Ok(Corrected::AlreadyHere);
        }
        programs::remember_all(&mut tx, &[person_id], program_id).await?;
        programs::forget_if_unrelated(&mut tx, who.person_id, program_id).await?;
        // Without an account, every password link of theirs came with an invitation.
        links::forget(&mut tx, LinkKind::Password, who.person_id.0).await?;
        if state.takes_people() {
            invite(&mut tx, by, id, person_id, now).await?;
        }
    }
    let act = Act { actor: Actor::Person(by.viewer().person_id()), action: "person_corrected", object_id: id.0 };
    history::record(&mut tx, program_id, act, now).await?;
    tx.commit().await?;
    Ok(Corrected::Done)
}

async fn invite(
    db: &mut PgConnection,
    by: &ProgramCoordinator,
    id: ParticipationId,
    person_id: PersonId,
    now: OffsetDateTime,
) -> Result<()> {
    people::invite_one(db, by.program_id(), id, now).await?;
    send_invitation(db, by, id, format!("invitation:{id}:{person_id}"), now).await?;
    Ok(())
}
