//! What the template needs, ready to be shown.
use crate::web::page::Shell;
use askama::Template;

/// The way out of the weekly email, and back in.
#[derive(Template)]
#[template(path = "nudges/stop.html")]
pub(super) struct StopPage {
    shell: Shell,
    stopped: bool,
    action: String,
}

impl StopPage {
    pub(super) fn of(shell: Shell, stopped: bool, secret: &str) -> Self {
        Self { shell, stopped, action: format!("/weekly-email/{secret}") }
    }
}
