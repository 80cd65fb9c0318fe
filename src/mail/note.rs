//! A short email with one way on: what most letters are.
use super::{Email, Mailbox};
use crate::base::{error::AppError, ids::EmailId};
use askama::Template;

/// What both forms of it say.
#[derive(Debug)]
pub struct Note {
    pub subject: String,
    pub institution: String,
    /// What a list of emails shows beside the subject.
    pub preview: String,
    pub greeting: String,
    pub sentences: Vec<String>,
    /// Where its button leads, and what the button says.
    pub href: String,
    pub label: String,
    /// Why the reader gets it.
    pub foot: String,
}

#[derive(Template)]
#[template(path = "emails/note.html")]
struct Html<'a> {
    w: &'a Note,
}

#[derive(Template)]
#[template(path = "emails/note.txt", escape = "none")]
struct Text<'a> {
    w: &'a Note,
}

impl Note {
    /// The email, from the installation itself.
    ///
    /// # Errors
    /// When a template fails.
    pub fn email(&self, id: EmailId, to: Mailbox) -> Result<Email, AppError> {
        Email::render(id, to, self.subject.as_str(), &Text { w: self }, &Html { w: self })
    }
}
