//! What the templates need, ready to be shown.
use super::service::Stopped;
use crate::web::page::Shell;
use askama::Template;

/// The way out of reminders: asks before, says so after.
#[derive(Template)]
#[template(path = "reminders/stop.html")]
pub(super) struct StopPage {
    shell: Shell,
    peer: String,
    program: String,
    stopped: bool,
    action: String,
}

impl StopPage {
    pub(super) fn of(mut shell: Shell, stopped: Stopped, secret: &str) -> Self {
        let request = stopped.request;
        shell.institution = Some(request.program.institution);
        Self {
            shell,
            peer: request.peer.name,
            program: request.program.name,
            stopped: stopped.already,
            action: format!("/no-reminders/{secret}"),
        }
    }
}
