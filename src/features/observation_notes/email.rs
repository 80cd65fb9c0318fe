//! To the observed person: that notes were handed over to them. Never a word of them.
use super::queries;
use crate::base::{
    error::Result,
    ids::{FieldTripId, ProgramId},
    text, words,
};
use crate::features::groups;
use crate::mail::{Email, Mailbox, Note};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// "… handed you notes."
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct NotesHanded {
    pub(super) program_id: ProgramId,
    pub(super) trip_id: FieldTripId,
}
impl Letter for NotesHanded {
    const KIND: &'static str = "notes_handed";
}

/// Writes the letter of this slice. `None`: not its kind; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    if letter.kind == NotesHanded::KIND { Some(handed(app, db, letter).await) } else { None }
}

async fn handed(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: NotesHanded = letter.read()?;
    let key = (of.program_id, of.trip_id);
    let Some(observation) = queries::observation(db, key).await? else { return Ok(None) };
    let are_there = queries::notes(db, key).await?.is_some_and(|notes| notes.handed_at.is_some());
    let members = groups::open_members(db, of.program_id, observation.group_id).await?;
    let reader = members.iter().find(|member| member.participation_id == observation.observed_id);
    let (true, Some(reader)) = (are_there, reader) else { return Ok(None) };
    let place = groups::names(db, of.program_id, observation.group_id).await?;
    let observer = text::first_name(&observation.observer);
    let group = format!("{}/programs/{}/groups/{}", app.base_url, of.program_id, observation.group_id);
    let note = Note {
        subject: format!("{observer} handed you notes"),
        preview: "They are for the two of you alone.".to_owned(),
        greeting: format!("Dear {},", text::first_name(&reader.name)),
        sentences: vec![
            format!("{observer} handed you the notes of the observation on {}.", words::day(observation.on_date)),
            "Only the two of you can read them. For 14 days you can delete them alone.".to_owned(),
        ],
        href: format!("{group}/trips/{}/notes", of.trip_id),
        label: "Read the notes".to_owned(),
        foot: format!("Sent to {} as a member of {}.", reader.email, place.group),
        institution: place.institution,
    };
    Ok(Some(note.email(letter.id, Mailbox::new(&reader.name, &reader.email))?))
}
