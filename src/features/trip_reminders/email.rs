//! The three reminders of a trip, checked again when they are sent: done, moved, called off, they are not.
use super::{
    model::{Step, is_due},
    queries::{self, Reading},
};
use crate::base::{
    error::Result,
    ids::{FieldTripId, ParticipationId, ProgramId},
    text, words,
};
use crate::features::{field_trips::TripState, nudges};
use crate::mail::{Email, Mailbox, Note};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use serde::{Deserialize, Serialize};
use sqlx::{Connection, PgConnection};
use time::Date;

/// One of the reminders that [`Step`] lists.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TripReminder {
    pub(super) program_id: ProgramId,
    pub(super) trip_id: FieldTripId,
    /// The reader.
    pub(super) to: ParticipationId,
    pub(super) step: Step,
    /// A reminder about another day than the one that holds is no longer needed.
    pub(super) on_date: Date,
}

impl Letter for TripReminder {
    const KIND: &'static str = "trip_reminder";
}

impl TripReminder {
    /// Once for each reminder, trip, reader and day it is planned for; as [`queries::unplanned`] looks for it.
    pub(super) fn key(&self) -> String {
        let (step, day) = (self.step.as_str(), words::iso_day(self.on_date));
        format!("trip_reminder:{step}:{}:{}:{day}", self.trip_id, self.to)
    }
}

/// Writes the letter of this slice. `None`: not its kind; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    if letter.kind == TripReminder::KIND { Some(remind(app, db, letter).await) } else { None }
}

async fn remind(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: TripReminder = letter.read()?;
    let mut tx = db.begin().await?;
    let found = queries::reading(&mut tx, (of.program_id, of.trip_id), of.to, app.clock.now()).await?;
    let Some(reading) = found else { return Ok(None) };
    if reading.facts.on_date != of.on_date || !is_due(of.step, &reading.facts, reading.today) {
        return Ok(None);
    }
    // Whoever wants no weekly email about what waits wants none of these either.
    if !of.step.is_urgent() && nudges::is_stopped(&mut tx, reading.person_id).await? {
        return Ok(None);
    }
    let (subject, sentences, label) = said(of.step, &reading);
    let note = Note {
        preview: sentences.first().cloned().unwrap_or_default(),
        subject,
        greeting: format!("Dear {},", text::first_name(&reading.name)),
        sentences,
        href: format!("{}/programs/{}/groups/{}/trips/{}", app.base_url, of.program_id, reading.group_id, of.trip_id),
        label: label.to_owned(),
        foot: format!("You get this once, as a member of {}.", reading.group),
        institution: reading.institution,
    };
    let email = note.email(letter.id, Mailbox::new(&reading.name, &reading.email))?;
    if of.step.is_urgent() {
        return Ok(Some(email));
    }
    let stop = nudges::draw_stop(app, &mut tx, reading.person_id).await?;
    tx.commit().await?;
    Ok(Some(Email { unsubscribe: Some(stop), ..email }.by_day_in(reading.time_zone)))
}

/// The subject, the sentences, the button.
fn said(step: Step, reading: &Reading) -> (String, Vec<String>, &'static str) {
    let facts = &reading.facts;
    let day = words::long_day(facts.on_date);
    let kind = facts.kind.label().to_lowercase();
    let other = reading.other.as_deref().map_or("the other", text::first_name);
    match step {
        Step::PreMeeting => (
            format!("Meet {other} before {day}"),
            vec![
                format!("The observation is on {day}. Meet {other} beforehand: ten minutes are enough."),
                "What is the session about, who will be there and do they know, and what is to be looked at?"
                    .to_owned(),
            ],
            "Open the observation",
        ),
        Step::Debrief => (
            format!("Talk over the observation with {other}"),
            vec![
                format!("The observation with {other} was on {day}. It is best talked over within 14 days."),
                "Have you talked already? Then note the day.".to_owned(),
            ],
            "Open the observation",
        ),
        Step::Report => (
            format!("What came of the {kind} on {}?", words::day(facts.on_date)),
            vec![
                if facts.state == TripState::Confirmed {
                    format!("The {kind} was planned for {day}, and nobody has said yet whether it took place.")
                } else {
                    format!("The {kind} took place, and nobody has written up yet what you learned.")
                },
                "A few lines are enough. One of you writes them, and the email stops for all.".to_owned(),
            ],
            "Open the trip",
        ),
    }
}
