//! An email, and the ways it leaves. Only the worker holds a [`Mailer`]; a request cannot send.
pub mod calendar;
mod folder;
mod note;
mod smtp;

pub use folder::{Folder, Kept};
pub use note::Note;
pub use smtp::Smtp;

use crate::base::{error::AppError, ids::EmailId};
use askama::Template;
use std::sync::{Arc, Mutex, PoisonError};

/// A name and an address.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Mailbox {
    pub name: String,
    pub email: String,
}

impl Mailbox {
    pub fn new(name: impl Into<String>, email: impl Into<String>) -> Self {
        Self { name: name.into(), email: email.into() }
    }
}

/// One email to one person, in both forms.
#[derive(Clone, Debug)]
pub struct Email {
    pub to: Mailbox,
    /// On whose behalf it is sent: shown beside the sender, and where replies go.
    pub on_behalf_of: Option<Mailbox>,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Of a nudge: where its reader stops more of them, by a page or by one POST (RFC 8058).
    pub unsubscribe: Option<String>,
    /// Of a nudge: its reader's zone, where it comes neither at night nor on a weekend.
    pub by_day_in: Option<String>,
    /// What the reader's calendar is to do with it.
    pub invitation: Option<calendar::Invitation>,
    /// Becomes the Message-ID, so that an email sent twice is shown once.
    pub id: EmailId,
}

impl Email {
    /// An email whose two forms are these templates, from the installation itself.
    ///
    /// # Errors
    /// When a template fails.
    pub fn render(
        id: EmailId,
        to: Mailbox,
        subject: impl Into<String>,
        text: &impl Template,
        html: &impl Template,
    ) -> Result<Self, AppError> {
        Ok(Self {
            to,
            on_behalf_of: None,
            subject: subject.into(),
            text: text.render().map_err(AppError::internal)?,
            html: html.render().map_err(AppError::internal)?,
            unsubscribe: None,
            by_day_in: None,
            invitation: None,
            id,
        })
    }

    /// The same, sent for somebody who reads the replies.
    #[must_use]
    pub fn on_behalf_of(self, whom: impl Into<Option<Mailbox>>) -> Self {
        Self { on_behalf_of: whom.into(), ..self }
    }

    /// The same with a meeting for the reader's calendar.
    #[must_use]
    pub fn inviting(self, invitation: calendar::Invitation) -> Self {
        Self { invitation: Some(invitation), ..self }
    }

    /// The same as a nudge, which waits for a decent hour of its reader's zone.
    #[must_use]
    pub fn by_day_in(self, zone: impl Into<String>) -> Self {
        Self { by_day_in: Some(zone.into()), ..self }
    }
}

/// Why an email did not leave, with the server's words.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// It may leave later.
    #[error("{0}")]
    Later(String),
    /// This address will never take it.
    #[error("{0}")]
    Refused(String),
}

impl MailError {
    /// Whether trying again would change nothing.
    #[must_use]
    pub const fn is_final(&self) -> bool {
        matches!(self, Self::Refused(_))
    }
}

/// The way emails leave this installation.
#[derive(Clone, Debug)]
pub enum Mailer {
    Smtp(Smtp),
    Folder(Folder),
    /// For tests.
    Memory(Arc<Mutex<Vec<Email>>>),
}

impl Mailer {
    /// Sends one email, or says why it could not.
    ///
    /// # Errors
    /// With the words of the mail server or the file system.
    pub async fn send(&self, email: Email) -> Result<(), MailError> {
        match self {
            Self::Smtp(smtp) => smtp.send(email).await,
            Self::Folder(folder) => folder.keep(&email).map_err(|error| MailError::Later(error.to_string())),
            Self::Memory(sent) => {
                sent.lock().unwrap_or_else(PoisonError::into_inner).push(email);
                Ok(())
            }
        }
    }
}
