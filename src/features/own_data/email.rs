//! The last letter somebody gets: that they are erased.
use super::queries;
use crate::base::{error::Result, ids::PersonId};
use crate::mail::{Email, Mailbox};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use askama::Template;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// "Your account is erased", to the address the account had.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Erased {
    pub(super) person_id: PersonId,
}
impl Letter for Erased {
    const KIND: &'static str = "account_erased";
}

/// The key under which the letter about one person is sent once.
pub(super) fn key(id: PersonId) -> String {
    format!("erased:{id}")
}

#[derive(Template)]
#[template(path = "emails/account_erased.txt")]
struct ErasedText<'a> {
    href: &'a str,
}

#[derive(Template)]
#[template(path = "emails/account_erased.html")]
struct ErasedHtml<'a> {
    href: &'a str,
}

/// Writes the email of a letter of this feature; `None` when it is another's, and inside it
/// `None` when it is no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    (letter.kind == Erased::KIND).then_some(())?;
    Some(erased(app, db, letter).await)
}

async fn erased(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let about: Erased = letter.read()?;
    let Some(address) = queries::former_address(db, about.person_id).await? else { return Ok(None) };
    let href = format!("{}/who-sees-what", app.base_url);
    let (text, html) = (ErasedText { href: &href }, ErasedHtml { href: &href });
    let email =
        Email::render(letter.id, Mailbox::new(&address, &address), "Your See also account is erased", &text, &html)?;
    Ok(Some(email))
}
