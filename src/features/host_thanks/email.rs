//! The letter of thanks: what a member wrote to be sent to the host, and nothing besides.
use super::queries;
use crate::base::{
    error::Result,
    ids::{FieldTripId, ProgramId},
};
use crate::mail::{Email, Mailbox};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use askama::Template;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

/// "Thank you …"
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct HostThanked {
    pub(super) program_id: ProgramId,
    pub(super) trip_id: FieldTripId,
}
impl Letter for HostThanked {
    const KIND: &'static str = "host_thanked";

    fn about(&self) -> Option<Uuid> {
        Some(self.trip_id.0)
    }
}

/// What both forms of it say.
#[derive(Debug)]
struct Words {
    subject: String,
    preview: String,
    paragraphs: Vec<String>,
    foot: String,
    institution: String,
}

#[derive(Template)]
#[template(path = "emails/host_thanked.html")]
struct Html<'a> {
    w: &'a Words,
}

#[derive(Template)]
#[template(path = "emails/host_thanked.txt", escape = "none")]
struct Text<'a> {
    w: &'a Words,
}

/// Writes the letter of this slice. `None`: not its kind; `Some(Ok(None))`: no longer needed.
pub async fn compose(_app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    if letter.kind == HostThanked::KIND { Some(thanks(db, letter).await) } else { None }
}

async fn thanks(db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: HostThanked = letter.read()?;
    let Some(found) = queries::to_send(db, (of.program_id, of.trip_id)).await? else { return Ok(None) };
    if found.host_email.is_empty() {
        return Ok(None);
    }
    let lines = found.message.lines().map(str::trim).filter(|line| !line.is_empty());
    let words = Words {
        subject: format!("{} thanks you", found.sender),
        preview: format!("From {}", found.program),
        paragraphs: lines.map(str::to_owned).collect(),
        foot: format!("Sent for {}, whom your answer reaches. Your address is used for this alone.", found.sender),
        institution: found.institution,
    };
    let to = Mailbox::new(&found.host_person, &found.host_email);
    let email = Email::render(letter.id, to, words.subject.as_str(), &Text { w: &words }, &Html { w: &words })?;
    Ok(Some(email.on_behalf_of(Mailbox::new(&found.sender, &found.sender_email))))
}
