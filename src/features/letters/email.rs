//! A letter, to each of its readers alone: what its writer wrote to be sent, and nothing besides.
use super::queries;
use crate::base::{
    error::Result,
    ids::{LetterId, ParticipationId, ProgramId},
};
use crate::features::accounts;
use crate::mail::{Email, Mailbox};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use askama::Template;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::Duration;
use uuid::Uuid;

/// One copy of a letter.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Copy {
    pub(super) program_id: ProgramId,
    pub(super) letter_id: LetterId,
    pub(super) to: ParticipationId,
}

impl Letter for Copy {
    const KIND: &'static str = "coordinators_letter";

    fn about(&self) -> Option<Uuid> {
        Some(self.letter_id.0)
    }
}

/// One copy for each person, however often it is put into the outbox.
pub(super) fn key(copy: &Copy) -> String {
    format!("letter:{}:{}", copy.letter_id, copy.to)
}

/// A first password may wait this long for its person.
const LINK_LIVES: Duration = Duration::days(30);

/// What both forms of it say.
#[derive(Debug)]
struct Words {
    subject: String,
    institution: String,
    preview: String,
    paragraphs: Vec<String>,
    plain: String,
    href: String,
    label: &'static str,
    foot: String,
}

#[derive(Template)]
#[template(path = "emails/letter.html")]
struct Html<'a> {
    w: &'a Words,
}

#[derive(Template)]
#[template(path = "emails/letter.txt", escape = "none")]
struct Text<'a> {
    w: &'a Words,
}

/// Writes the letter of this slice. `None`: not its kind; `Some(Ok(None))`: no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    if letter.kind == Copy::KIND { Some(copy(app, db, letter).await) } else { None }
}

async fn copy(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let of: Copy = letter.read()?;
    let Some(found) = queries::to_send(db, of.program_id, (of.letter_id, of.to)).await? else { return Ok(None) };
    // Whoever was invited and has no account gets in by this email too.
    let (href, label) = if accounts::has_account(db, found.person_id).await? {
        (format!("{}/programs/{}", app.base_url, of.program_id), "Open the program")
    } else {
        (accounts::password_link(app, db, found.person_id, LINK_LIVES).await?, "Set your password")
    };
    let lines = found.words.lines().map(str::trim).filter(|line| !line.is_empty());
    let words = Words {
        subject: found.subject,
        preview: format!("{} writes to you about {}.", found.writer, found.program),
        paragraphs: lines.map(str::to_owned).collect(),
        plain: found.words.clone(),
        href,
        label,
        foot: format!(
            "{} coordinates {}, and reads what you reply to this email. You get it because you take part, or are \
             invited. Nobody sees who else got it.",
            found.writer, found.program
        ),
        institution: found.institution,
    };
    let to = Mailbox::new(&found.name, &found.email);
    let email = Email::render(letter.id, to, words.subject.as_str(), &Text { w: &words }, &Html { w: &words })?;
    Ok(Some(email.on_behalf_of(Mailbox::new(&found.writer, &found.writer_email))))
}
