//! Letters about a change of address: to the new one to confirm it, to the old one to stop it, and
//! to the new one when a site admin's change has happened.
use super::{
    model::{AskedBy, Change, Ended},
    queries,
};
use crate::base::{error::Result, ids::EmailChangeId, local_time, words};
use crate::links::LinkKind;
use crate::mail::{Email, Mailbox};
use crate::outbox::{Leased, Letter};
use crate::web::state::App;
use askama::Template;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

/// To the new address: confirm that it is yours.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ConfirmEmail {
    pub(super) change_id: EmailChangeId,
}
impl Letter for ConfirmEmail {
    const KIND: &'static str = "email_change_confirm";
}

/// To the old address: it is about to be replaced.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct AnnounceChange {
    pub(super) change_id: EmailChangeId,
}
impl Letter for AnnounceChange {
    const KIND: &'static str = "email_change_announced";
}

/// To the new address: a site admin's change has happened.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TellChanged {
    pub(super) change_id: EmailChangeId,
}
impl Letter for TellChanged {
    const KIND: &'static str = "email_changed";
}

#[derive(Template)]
#[template(path = "emails/email_change.txt")]
struct ChangeText<'a> {
    said: &'a [String],
    label: &'a str,
    href: &'a str,
    after: &'a str,
}

#[derive(Template)]
#[template(path = "emails/email_change.html")]
struct ChangeHtml<'a> {
    heading: &'a str,
    said: &'a [String],
    label: &'a str,
    href: &'a str,
    after: &'a str,
}

/// What one of the three letters says.
struct Said {
    to: String,
    subject: &'static str,
    lines: Vec<String>,
    label: &'static str,
    href: String,
    after: &'static str,
}

/// Writes the email of a letter of this feature; `None` when it is another's, and inside it
/// `None` when it is no longer needed.
pub async fn compose(app: &App, db: &mut PgConnection, letter: &Leased) -> Option<Result<Option<Email>>> {
    match letter.kind.as_str() {
        ConfirmEmail::KIND | AnnounceChange::KIND | TellChanged::KIND => Some(write(app, db, letter).await),
        _ => None,
    }
}

async fn write(app: &App, db: &mut PgConnection, letter: &Leased) -> Result<Option<Email>> {
    // The three letters hold the same.
    let about: ConfirmEmail = letter.read()?;
    // Deleted when the person was erased.
    let Some(change) = queries::change(db, about.change_id).await? else { return Ok(None) };
    let said = match (letter.kind.as_str(), change.outcome) {
        (ConfirmEmail::KIND, None) => confirm(app, db, &change).await?,
        (AnnounceChange::KIND, None) => announce(app, db, &change).await?,
        // Confirmed before this letter left: the old address is told all the same.
        (AnnounceChange::KIND, Some(Ended::Done)) => announce_done(app, &change),
        (TellChanged::KIND, Some(Ended::Done)) => changed(app, &change),
        _ => return Ok(None),
    };
    let (label, href, after) = (said.label, said.href.as_str(), said.after);
    let (text, html) = (
        ChangeText { said: &said.lines, label, href, after },
        ChangeHtml { heading: said.subject, said: &said.lines, label, href, after },
    );
    let email = Email::render(letter.id, Mailbox::new(&said.to, &said.to), said.subject, &text, &html)?;
    Ok(Some(email))
}

async fn confirm(app: &App, db: &mut PgConnection, change: &Change) -> Result<Said> {
    Ok(Said {
        to: change.new_email.clone(),
        subject: "Confirm your new address for See also",
        lines: vec![
            "Somebody, we hope you, wants to sign in to See also with this address from now on.".to_owned(),
            "The link works for 3 days. Nothing changes until you press the button on its page.".to_owned(),
        ],
        label: "Confirm this address",
        href: queries::link(app, db, change, LinkKind::ConfirmEmailChange).await?,
        after: "If this was not you, leave this email alone: nothing changes.",
    })
}

async fn announce(app: &App, db: &mut PgConnection, change: &Change) -> Result<Said> {
    let line = match change.asked_by {
        AskedBy::Owner => {
            format!(
                "You asked to sign in with {} instead of this address, once it is confirmed there.",
                change.new_email
            )
        }
        AskedBy::SiteAdmin => format!(
            "A site admin of See also will have you sign in with {} instead of this address from {} on.",
            change.new_email,
            words::day_and_year(local_time::day_in("UTC", change.due_at))
        ),
    };
    Ok(Said {
        to: change.old_email.clone(),
        subject: "Your address for See also is about to change",
        lines: vec![line],
        label: "Stop this change",
        href: queries::link(app, db, change, LinkKind::StopEmailChange).await?,
        after: "If you want the change, leave this email alone. Opening the page stops nothing yet.",
    })
}

fn announce_done(app: &App, change: &Change) -> Said {
    Said {
        to: change.old_email.clone(),
        subject: "Your address for See also has changed",
        lines: vec![format!("You sign in with {} from now on, no longer with this address.", change.new_email)],
        label: "Open See also",
        href: format!("{}/", app.base_url),
        after: "If this was not you, write to whoever runs See also at your institution.",
    }
}

fn changed(app: &App, change: &Change) -> Said {
    Said {
        to: change.new_email.clone(),
        subject: "Sign in to See also with this address",
        lines: vec![
            "A site admin changed the address of your account to this one. Your password is the same.".to_owned(),
        ],
        label: "Sign in",
        href: format!("{}/sign-in", app.base_url),
        after: "If you do not know what this is about, leave this email alone.",
    }
}
