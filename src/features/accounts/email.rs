//! Letters about accounts: the right to create programs, and a new password.
use super::queries;
use crate::base::{error::Result, ids::PersonId};
use crate::mail::{Email, Mailbox};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use askama::Template;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::Duration;

/// "You may create programs", with a link to set a password where there is none yet.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RightGiven {
    pub(super) person_id: PersonId,
    pub(super) by: PersonId,
}
impl Letter for RightGiven {
    const KIND: &'static str = "right_given";
}

/// A link to set a new password.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PasswordReset {
    pub(super) person_id: PersonId,
}
impl Letter for PasswordReset {
    const KIND: &'static str = "password_reset";
}

const FIRST_PASSWORD_LIVES: Duration = Duration::days(30);
const RESET_LIVES: Duration = Duration::hours(24);

#[derive(Template)]
#[template(path = "emails/right_given.txt")]
struct RightGivenText<'a> {
    name: &'a str,
    by: &'a str,
    href: &'a str,
    first: bool,
}

#[derive(Template)]
#[template(path = "emails/right_given.html")]
struct RightGivenHtml<'a> {
    name: &'a str,
    by: &'a str,
    href: &'a str,
    first: bool,
}

#[derive(Template)]
#[template(path = "emails/password_reset.txt")]
struct PasswordResetText<'a> {
    name: &'a str,
    href: &'a str,
}

#[derive(Template)]
#[template(path = "emails/password_reset.html")]
struct PasswordResetHtml<'a> {
    name: &'a str,
    href: &'a str,
}

/// Writes the email of a letter of this feature; `None` when it is another's, and inside it
/// `None` when it is no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    match letter.kind.as_str() {
        RightGiven::KIND => Some(right_given(app, db, letter).await),
        PasswordReset::KIND => Some(password_reset(app, db, letter).await),
        _ => None,
    }
}

async fn right_given(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let about: RightGiven = letter.read()?;
    let person = queries::person(db, about.person_id).await?;
    if !person.may_create_programs {
        return Ok(None);
    }
    let by = queries::person(db, about.by).await?;
    let first = person.password_hash.is_none();
    let href = if first {
        queries::password_link(app, db, person.id, FIRST_PASSWORD_LIVES).await?
    } else {
        format!("{}/programs/new", app.base_url)
    };
    let (name, by_name) = (person.name.as_str(), by.name.as_str());
    let (text, html) = (
        RightGivenText { name, by: by_name, href: &href, first },
        RightGivenHtml { name, by: by_name, href: &href, first },
    );
    let email = Email::render(
        letter.id,
        Mailbox::new(&person.name, &person.email),
        "You can create peer mentoring programs in See also",
        &text,
        &html,
    )?;
    Ok(Some(email.on_behalf_of(Mailbox::new(&by.name, &by.email))))
}

async fn password_reset(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    let about: PasswordReset = letter.read()?;
    let person = queries::person(db, about.person_id).await?;
    let href = queries::password_link(app, db, person.id, RESET_LIVES).await?;
    let (text, html) =
        (PasswordResetText { name: &person.name, href: &href }, PasswordResetHtml { name: &person.name, href: &href });
    let email = Email::render(
        letter.id,
        Mailbox::new(&person.name, &person.email),
        "Set a new password for See also",
        &text,
        &html,
    )?;
    Ok(Some(email))
}
