//! The email to whoever is asked: what was written to be sent to them.
use super::queries;
use crate::base::{
    error::Result,
    ids::{HelpAskId, ProgramId},
    text::first_name,
};
use crate::mail::{Email, Mailbox, Note};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

/// "Priya asks you for help".
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct HelpAsked {
    pub(super) program_id: ProgramId,
    pub(super) ask_id: HelpAskId,
}

impl Letter for HelpAsked {
    const KIND: &'static str = "help_asked";

    fn about(&self) -> Option<Uuid> {
        Some(self.ask_id.0)
    }
}

/// Writes the letter of this slice. `None`: not its kind; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    if letter.kind == HelpAsked::KIND { Some(asked(app, db, letter).await) } else { None }
}

async fn asked(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: HelpAsked = letter.read()?;
    let Some(found) = queries::to_send(db, (of.program_id, of.ask_id)).await? else { return Ok(None) };
    let lines = found.words.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut sentences = vec![format!("{} takes part in {}, and wrote this to you:", found.writer, found.program)];
    sentences.extend(lines.map(str::to_owned));
    if !found.page.is_empty() {
        sentences.push(format!("They came from this page: {}{}", app.base_url, found.page));
    }
    let writer = first_name(&found.writer);
    let note = Note {
        subject: format!("{} asks you for help", found.writer),
        institution: found.institution,
        // What a list of emails shows on a screen that others may see: nothing of the words.
        preview: format!("In {}. Reply to answer.", found.program),
        greeting: format!("Dear {},", first_name(&found.to)),
        sentences,
        href: format!("{}/programs/{}", app.base_url, of.program_id),
        label: "Open the program".to_owned(),
        foot: format!(
            "It went to you alone. Reply to this email, and {writer} reads your answer. Please keep it between you."
        ),
    };
    let email = note.email(letter.id, Mailbox::new(&found.to, &found.to_email))?;
    Ok(Some(email.on_behalf_of(Mailbox::new(&found.writer, &found.writer_email))))
}
