//! What the templates need, ready to show.
use crate::web::{form::Errors, page::Shell};
use askama::Template;

#[derive(Template)]
#[template(path = "email_changes/ask.html")]
pub(super) struct AskPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    /// The person when a site admin changes their address; nothing for one's own.
    pub(super) other: Option<String>,
    pub(super) action: String,
    /// The address now.
    pub(super) now: String,
    pub(super) email: String,
    /// What is going on already.
    pub(super) open: Option<String>,
}

#[derive(Template)]
#[template(path = "email_changes/linked.html")]
pub(super) struct LinkedPage {
    pub(super) shell: Shell,
    pub(super) heading: &'static str,
    pub(super) lede: String,
    /// Where the button goes and what it says; nothing once it is done.
    pub(super) button: Option<(String, &'static str)>,
}
