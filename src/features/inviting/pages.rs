//! What the templates need, ready to show.
use crate::web::{form::Errors, page::Shell};
use askama::Template;

#[derive(Template)]
#[template(path = "inviting/open.html")]
pub(super) struct OpenPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) path: String,
    pub(super) program_name: String,
    pub(super) institution: String,
    pub(super) dates: String,
    /// "Twelve people are", "One person is".
    pub(super) invited: String,
    pub(super) nobody: bool,
    pub(super) approval_required: bool,
    pub(super) is_draft: bool,
}

#[derive(Template)]
#[template(path = "inviting/correct.html")]
pub(super) struct CorrectPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) path: String,
    pub(super) program_name: String,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: String,
}

#[derive(Template)]
#[template(path = "inviting/remove.html")]
pub(super) struct RemovePage {
    pub(super) shell: Shell,
    pub(super) path: String,
    pub(super) program_name: String,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) is_draft: bool,
}
