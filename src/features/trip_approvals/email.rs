//! To somebody whose supervisor was asked about a trip: it is another one now. Facts alone.
use super::queries;
use crate::base::{
    error::Result,
    ids::{ApprovalRequestId, ProgramId},
    words,
};
use crate::features::approvals::{self, RequestState};
use crate::mail::Email;
use crate::mail::Note;
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// "The site visit has changed: your supervisor has to be asked again."
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TripChanged {
    pub(super) program_id: ProgramId,
    pub(super) request_id: ApprovalRequestId,
}
impl Letter for TripChanged {
    const KIND: &'static str = "trip_outgrew_its_yes";
}

impl TripChanged {
    /// Once for each request.
    pub(super) fn key(&self) -> String {
        format!("trip_outgrew_its_yes:{}", self.request_id)
    }
}

/// Writes the letter of this slice. `None`: not its kind; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    if letter.kind == TripChanged::KIND { Some(changed(app, db, letter).await) } else { None }
}

async fn changed(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: TripChanged = letter.read()?;
    let request = approvals::find(db, of.program_id, of.request_id).await?;
    let Some(asked) = &request.trip else { return Ok(None) };
    let Some(trip) = queries::trip(db, (of.program_id, asked.id)).await? else { return Ok(None) };
    let covers = queries::covers(db, (of.program_id, asked.id)).await?;
    let uncovered = covers.iter().any(|one| one.participation_id == request.participation_id && !one.is_covered());
    let was_asked = matches!(request.state, RequestState::Cancelled | RequestState::Approved);
    let needed = trip.is_ahead && uncovered && !asked.stands && was_asked;
    if !needed || !request.is_latest || !request.participation_state.is_open() {
        return Ok(None);
    }
    let (supervisor, kind) = (&request.supervisor.name, &trip.kind);
    let what = if trip.on_date == request.valid_from {
        format!("The {kind} on {} now takes more than {supervisor} was asked about.", words::day(trip.on_date))
    } else {
        format!("The {kind} of {} is now on {}.", words::day(request.valid_from), words::day(trip.on_date))
    };
    let note = Note {
        subject: format!("The {kind} has changed: ask {supervisor} again"),
        preview: what.clone(),
        greeting: format!("Dear {},", request.first_name()),
        sentences: vec![
            what,
            format!(
                "What {supervisor} was asked, or said, is about the trip as it was. You can ask again with one button."
            ),
        ],
        href: format!("{}{}", app.base_url, request.peers_page()),
        label: "Ask again".to_owned(),
        foot: format!("Sent to {} as somebody who goes on this trip.", request.peer.email),
        institution: request.program.institution.clone(),
    };
    Ok(Some(note.email(letter.id, request.peer.clone())?))
}
