//! The letters about a request. The one to the supervisor is written here; what tells of an answer is written in
//! [`answer_letters`](crate::features::answer_letters) and [`digests`](crate::features::digests).
mod ask;

use super::model::Told;
use crate::base::{
    error::{AppError, Result},
    ids::{ApprovalRequestId, PersonId, ProgramId},
};
use crate::mail::{Email, Mailbox};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use askama::Template;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sqlx::PgConnection;
use time::Date;
use uuid::Uuid;

/// Asks a supervisor for their answer.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct AskSupervisor {
    pub(super) program_id: ProgramId,
    pub(super) request_id: ApprovalRequestId,
}
impl Letter for AskSupervisor {
    const KIND: &'static str = "ask_supervisor";

    fn about(&self) -> Option<Uuid> {
        Some(self.request_id.0)
    }
}

/// Tells the peer what became of a request.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TellPeer {
    pub(crate) program_id: ProgramId,
    pub(crate) request_id: ApprovalRequestId,
    pub(crate) told: Told,
}
impl Letter for TellPeer {
    const KIND: &'static str = "answer_to_peer";
}

/// Gives the supervisor their answer in writing, with a link to change it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Receipt {
    pub(crate) program_id: ProgramId,
    pub(crate) request_id: ApprovalRequestId,
    pub(crate) told: Told,
}
impl Letter for Receipt {
    const KIND: &'static str = "answer_receipt";
}

/// Tells a coordinator at once what cannot wait.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TellCoordinator {
    pub(crate) program_id: ProgramId,
    pub(crate) request_id: ApprovalRequestId,
    pub(crate) person_id: PersonId,
    pub(crate) told: Told,
}
impl Letter for TellCoordinator {
    const KIND: &'static str = "answer_to_coordinator";
}

/// Tells a coordinator once a working day who was backed since the one before.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct DecisionsDigest {
    pub(crate) program_id: ProgramId,
    pub(crate) person_id: PersonId,
    /// When it is due, in the program's zone.
    pub(crate) day: Date,
}
impl Letter for DecisionsDigest {
    const KIND: &'static str = "decisions_digest";
}

/// Writes a letter of this slice; `None` when it is of another, `Some(Ok(None))` when it is no
/// longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    let written = match letter.kind.as_str() {
        AskSupervisor::KIND => ask::ask(app, db, letter).await,
        _ => return None,
    };
    Some(written)
}

fn read<L: DeserializeOwned>(letter: &Leased) -> Result<L> {
    serde_json::from_value(letter.payload.clone()).map_err(AppError::internal)
}

/// What every email of this slice has besides its templates.
struct Envelope {
    to: Mailbox,
    on_behalf_of: Option<Mailbox>,
    subject: String,
}

fn seal(letter: &Leased, envelope: Envelope, text: &impl Template, html: &impl Template) -> Result<Option<Email>> {
    let email = Email::render(letter.id, envelope.to, envelope.subject, text, html)?;
    Ok(Some(email.on_behalf_of(envelope.on_behalf_of)))
}
