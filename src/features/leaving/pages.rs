//! What the templates need, ready to be shown.
use super::model::{RemovalState, Standing};
use super::queries::Removal;
use super::service::Seen;
use crate::base::{local_time, words};
use crate::web::{form::Errors, page::Shell};
use askama::Template;

#[derive(Template)]
#[template(path = "leaving/pause.html")]
pub(super) struct PausePage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) path: String,
    pub(super) program: String,
    pub(super) heading: String,
    pub(super) lede: String,
    /// There is a pause, now or to come.
    pub(super) pauses: bool,
    pub(super) has_begun: bool,
    pub(super) may_pause: bool,
    pub(super) from: String,
    pub(super) until: String,
}

/// The heading of the page about pausing, and the sentence under it.
pub(super) fn pause_words(standing: Standing) -> (String, String) {
    match standing {
        Standing::None => (
            "Pause for a while".to_owned(),
            "You keep your place in your group. Nobody is told why, and you are back by yourself on the day you name."
                .to_owned(),
        ),
        Standing::ToCome(pause) => (
            format!("You pause from {}", words::day(pause.from)),
            format!("You are back on {}.", words::day(pause.until)),
        ),
        Standing::Now(pause) => (
            format!("You are on hold until {}", words::day(pause.until)),
            "Nothing is lost. The others read only that you are on hold.".to_owned(),
        ),
    }
}

#[derive(Template)]
#[template(path = "leaving/leave.html")]
pub(super) struct LeavePage {
    pub(super) shell: Shell,
    pub(super) path: String,
    pub(super) program: String,
    pub(super) may_leave: bool,
}

#[derive(Template)]
#[template(path = "leaving/finish.html")]
pub(super) struct FinishPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) path: String,
    pub(super) program: String,
    pub(super) not_yet: bool,
    pub(super) owes_line: bool,
    pub(super) line: String,
}

#[derive(Template)]
#[template(path = "leaving/propose.html")]
pub(super) struct ProposePage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) path: String,
    pub(super) program: String,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) group: String,
    /// "Teodor Vance or Carla Contact"; empty when there is nobody.
    pub(super) deciders: String,
    pub(super) reason: String,
}

/// One proposal in the list.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) note: String,
}

impl Row {
    pub(super) fn of(removal: &Removal, zone: &str) -> Self {
        let day = words::day(local_time::day_in(zone, removal.proposed_at));
        Self {
            id: removal.id.to_string(),
            name: removal.name.clone(),
            note: format!("Proposed by {}, {day}", removal.proposed_by_name),
        }
    }
}

#[derive(Template)]
#[template(path = "leaving/removals.html")]
pub(super) struct RemovalsPage {
    pub(super) shell: Shell,
    pub(super) path: String,
    pub(super) program: String,
    pub(super) rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "leaving/removal.html")]
pub(super) struct RemovalPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) path: String,
    pub(super) program: String,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) reason: String,
    pub(super) note: String,
    /// What became of it; empty while it waits.
    pub(super) ended: &'static str,
    pub(super) may_decide: bool,
    pub(super) is_mine: bool,
}

impl RemovalPage {
    pub(super) fn of(shell: Shell, errors: Errors, (path, program, zone): (String, String, &str), seen: &Seen) -> Self {
        let row = Row::of(&seen.removal, zone);
        Self {
            shell: shell.with(&errors),
            errors,
            path,
            program,
            id: row.id,
            name: row.name,
            note: row.note,
            reason: seen.removal.reason.clone(),
            ended: match seen.removal.state {
                RemovalState::Proposed => "",
                RemovalState::Confirmed => "It was confirmed. They no longer take part.",
                RemovalState::Rejected => "It was turned down. They go on taking part.",
                RemovalState::Dropped => "It is off the table.",
            },
            may_decide: seen.may_decide,
            is_mine: seen.is_mine,
        }
    }
}
