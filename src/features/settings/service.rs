//! Changing one page of the settings. What else is done to a program is with [`programs`].
use super::model::{Change, Step, Typed, forbidden};
use crate::access::ProgramCoordinator;
use crate::base::{error::Result, local_time};
use crate::features::programs;
use crate::history::{self, Act, Actor};
use crate::web::{form::Errors, state::App};

/// What became of a change.
#[derive(Debug)]
pub(super) enum Changed {
    Saved,
    /// With what is wrong, at its fields.
    Refused(Errors),
    /// The program is archived or cancelled.
    Ended,
}

/// Changes one page of the settings.
///
/// # Errors
/// When the database does not answer.
pub(super) async fn change(app: &App, by: &ProgramCoordinator, step: Step, typed: &Typed) -> Result<Changed> {
    let now = app.clock.now();
    let id = by.program_id();
    let mut tx = app.db.begin().await?;
    if programs::has_ended(programs::lock(&mut tx, id).await?) {
        return Ok(Changed::Ended);
    }
    let stored = programs::stored(&mut tx, id).await?;
    let change = match Change::read(step, typed, Some(&stored.settings.when)) {
        Ok(change) => change,
        Err(errors) => return Ok(Changed::Refused(errors)),
    };
    let mut errors = Errors::default();
    let today = local_time::day_in(&stored.settings.when.time_zone, now);
    forbidden(&stored, &change, today, &mut errors);
    if !errors.is_empty() {
        return Ok(Changed::Refused(errors));
    }
    match &change {
        Change::What(what) => programs::save_what(&mut tx, id, what).await?,
        Change::When(when) => programs::save_when(&mut tx, id, when).await?,
        Change::Meetings(meetings) => programs::save_meetings(&mut tx, id, meetings).await?,
        Change::Asks(asks) => programs::save_asks(&mut tx, id, asks).await?,
        Change::Answers(answers) => programs::save_answers(&mut tx, id, answers).await?,
        Change::Contacts(contacts) => programs::change_contacts(&mut tx, by, contacts, now).await?,
        Change::Themes(themes) => programs::save_themes(&mut tx, id, themes).await?,
    }
    let act = Act { actor: Actor::Person(by.viewer().person_id()), action: "program_changed", object_id: id.0 };
    history::record(&mut tx, id, act, now).await?;
    tx.commit().await?;
    Ok(Changed::Saved)
}
