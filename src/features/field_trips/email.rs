//! The one letter of field trips: someone is asked whether they may be observed.
use super::queries::{self, Key};
use crate::base::{
    error::{AppError, Result},
    ids::{FieldTripId, GroupId, ParticipationId, ProgramId},
    text, words,
};
use crate::features::groups;
use crate::mail::{Email, Mailbox, Note};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::Date;

/// Someone would like to observe the reader at work.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ObservationAsked {
    pub(super) program_id: ProgramId,
    pub(super) group_id: GroupId,
    pub(super) trip_id: FieldTripId,
    /// A letter about another day than the one that holds is no longer needed.
    pub(super) on_date: Date,
}

impl Letter for ObservationAsked {
    const KIND: &'static str = "observation_asked";
}

/// The email of a letter of this slice. `None`: another slice's letter. `Some(Ok(None))`: what
/// it asks is settled.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    if letter.kind != ObservationAsked::KIND {
        return None;
    }
    Some(match serde_json::from_value(letter.payload.clone()) {
        Ok(asked) => ask(app, db, &asked, letter).await,
        Err(error) => Err(AppError::internal(error)),
    })
}

async fn ask(app: &App, db: &mut PgConnection, asked: &ObservationAsked, letter: &Leased) -> Result<Option<Email>> {
    let key = Key { program: asked.program_id, group: asked.group_id, id: asked.trip_id };
    let Some(trip) = queries::find(db, key).await? else { return Ok(None) };
    let settled = !trip.lacks_consent() || !trip.state.is_ahead() || trip.on_date != asked.on_date;
    let (Some(who), Some(whom)) = (trip.observer_id, trip.observed_id) else { return Ok(None) };
    if settled {
        return Ok(None);
    }
    let members = groups::open_members(db, key.program, key.group).await?;
    let person = |id: ParticipationId| members.iter().find(|member| member.participation_id == id);
    let (Some(observer), Some(reader)) = (person(who), person(whom)) else { return Ok(None) };
    let place = groups::names(db, key.program, key.group).await?;
    let (name, day) = (text::first_name(&observer.name), words::long_day(trip.on_date));
    let note = Note {
        subject: format!("{name} would like to observe you"),
        preview: format!("On {day}. It is yours to decide."),
        greeting: format!("Dear {},", text::first_name(&reader.name)),
        sentences: vec![
            format!("{name} would like to observe you at work on {day}."),
            "It takes place only if you say yes. You can also choose another day there.".to_owned(),
        ],
        href: format!("{}/programs/{}/groups/{}/trips/{}", app.base_url, key.program, key.group, key.id),
        label: "Read and decide".to_owned(),
        foot: format!("Sent to {} as a member of {}.", reader.email, place.group),
        institution: place.institution,
    };
    let email = note.email(letter.id, Mailbox::new(&reader.name, &reader.email))?;
    Ok(Some(email.on_behalf_of(Mailbox::new(&observer.name, &observer.email))))
}
