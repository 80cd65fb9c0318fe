//! The one letter of field trips: someone is asked whether they may be observed.
use super::queries::{self, Key};
use crate::base::{
    error::{AppError, Result},
    ids::{FieldTripId, GroupId, ParticipationId, ProgramId},
    text, words,
};
use crate::features::groups;
use crate::mail::{Email, Mailbox};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use askama::Template;
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

#[derive(Template)]
#[template(path = "emails/observation_asked.html")]
struct Html<'a> {
    words: &'a Words,
}

#[derive(Template)]
#[template(path = "emails/observation_asked.txt")]
struct Text<'a> {
    words: &'a Words,
}

struct Words {
    subject: String,
    greeting: String,
    observer: String,
    day: String,
    group: String,
    href: String,
    email: String,
    institution: String,
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
    let words = Words {
        subject: format!("{} would like to observe you", text::first_name(&observer.name)),
        greeting: format!("Dear {},", text::first_name(&reader.name)),
        observer: text::first_name(&observer.name).to_owned(),
        day: words::long_day(trip.on_date),
        group: place.group,
        href: format!("{}/programs/{}/groups/{}/trips/{}", app.base_url, key.program, key.group, key.id),
        email: reader.email.clone(),
        institution: place.institution,
    };
    let (text, html) = (Text { words: &words }, Html { words: &words });
    let email =
        Email::render(letter.id, Mailbox::new(&reader.name, &reader.email), words.subject.as_str(), &text, &html)?;
    Ok(Some(email.on_behalf_of(Mailbox::new(&observer.name, &observer.email))))
}
