//! What the templates of setting, changing and cancelling need.
use crate::web::{form::Errors, page::Shell};
use askama::Template;
use serde::Deserialize;

/// The form of a meeting as it was typed.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub(super) struct MeetingForm {
    pub(super) id: String,
    pub(super) date: String,
    pub(super) time: String,
    pub(super) minutes: String,
    pub(super) mode: String,
    pub(super) place: String,
    /// "yes": it is over, and about to be logged.
    pub(super) took_place: String,
    /// The template its agenda starts from, where one was chosen.
    pub(super) agenda: String,
    pub(super) facilitator: String,
    pub(super) timekeeper: String,
    pub(super) note_taker: String,
    /// Minutes that the agenda may run over.
    pub(super) over: String,
    /// The meeting as it was when the form was drawn.
    pub(super) was: String,
}

/// One who may have a role.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) id: String,
    pub(super) label: String,
}

/// Setting a meeting, or changing one.
#[derive(Template)]
#[template(path = "calendar/meeting.html")]
pub(super) struct MeetingPage {
    pub(super) shell: Shell,
    pub(super) group_path: String,
    pub(super) group_name: String,
    pub(super) action: String,
    pub(super) title: &'static str,
    pub(super) lede: &'static str,
    pub(super) zone_note: String,
    pub(super) form: MeetingForm,
    pub(super) errors: Errors,
    pub(super) readers: String,
    /// Empty when a meeting is set: roles are suggested then.
    pub(super) people: Vec<Person>,
    /// The excess to be confirmed.
    pub(super) over: Option<i32>,
    pub(super) button: &'static str,
    pub(super) hint: &'static str,
}

impl MeetingPage {
    const fn is_new(&self) -> bool {
        self.people.is_empty()
    }
}

/// Asks before a meeting is cancelled.
#[derive(Template)]
#[template(path = "calendar/cancel.html")]
pub(super) struct CancelPage {
    pub(super) shell: Shell,
    pub(super) group_path: String,
    pub(super) group_name: String,
    pub(super) path: String,
    pub(super) when: String,
    /// Members hear of it: it is still to come.
    pub(super) is_told: bool,
}
