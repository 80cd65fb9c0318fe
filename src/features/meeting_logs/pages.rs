//! What the log, the list of meetings and their time need.
use super::model::{Figures, Mark, TapeRow};
use crate::features::coffee::Offer;
use crate::web::{form::Errors, page::Shell};
use askama::Template;

/// Somebody to tick or choose.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

/// One item with its minutes as typed.
#[derive(Debug)]
pub(super) struct MinuteRow {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) planned: i32,
    pub(super) minutes: String,
    /// "carried", "parked", "skipped" or nothing yet.
    pub(super) fate: String,
}

/// A goal on which something may have moved.
#[derive(Debug)]
pub(super) struct Moved {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) note_id: String,
    pub(super) words: String,
}

/// Something that was open, to tick when it is done.
#[derive(Debug)]
pub(super) struct Acted {
    pub(super) id: String,
    pub(super) words: String,
    pub(super) about: String,
    pub(super) done: bool,
}

impl Moved {
    /// Something was typed, so that its box is not folded away.
    pub(super) const fn is_typed(&self) -> bool {
        !self.words.is_empty()
    }
}

/// A date that is offered for the next meeting.
#[derive(Debug)]
pub(super) struct Suggestion {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) hint: String,
}

/// What was typed of the rest.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) came: String,
    pub(super) note: String,
    pub(super) line: String,
    pub(super) next: String,
    pub(super) date: String,
    pub(super) time: String,
    pub(super) next_id: String,
    /// The log as it was when the form was drawn.
    pub(super) was: String,
    /// It is another meeting than the one of the same day.
    pub(super) again: bool,
}

/// How a meeting went: one page, under a minute.
#[derive(Template)]
#[template(path = "meeting_logs/log.html")]
pub(super) struct LogPage {
    pub(super) shell: Shell,
    pub(super) group_path: String,
    pub(super) group_name: String,
    pub(super) path: String,
    pub(super) day: String,
    pub(super) lede: String,
    pub(super) all_label: String,
    pub(super) people: Vec<Person>,
    pub(super) rows: Vec<MinuteRow>,
    pub(super) moved: Vec<Moved>,
    pub(super) actions: Vec<Acted>,
    pub(super) planned: i32,
    /// Somebody kept time, and the minutes are those.
    pub(super) timed: bool,
    /// How long it was planned to take.
    pub(super) length: i32,
    /// Not empty when one person was to facilitate and take notes.
    pub(super) note_takers: Vec<Person>,
    pub(super) readers: String,
    pub(super) coordinators: String,
    /// A next meeting is set already.
    pub(super) next_set: Option<String>,
    pub(super) suggestion: Option<Suggestion>,
    pub(super) typed: Typed,
    pub(super) until: String,
    pub(super) errors: Errors,
}

/// Says why a meeting cannot be logged now.
#[derive(Template)]
#[template(path = "meeting_logs/not_now.html")]
pub(super) struct NotNowPage {
    pub(super) shell: Shell,
    pub(super) group_path: String,
    pub(super) group_name: String,
    pub(super) path: String,
    pub(super) day: String,
    pub(super) why: &'static str,
}

/// Asks why they did not meet.
#[derive(Template)]
#[template(path = "meeting_logs/not_held.html")]
pub(super) struct NotHeldPage {
    pub(super) shell: Shell,
    pub(super) group_path: String,
    pub(super) group_name: String,
    pub(super) path: String,
    pub(super) day: String,
    /// Nobody has said anything of it so far.
    pub(super) may_have_moved: bool,
    pub(super) reasons: Vec<(&'static str, &'static str)>,
    pub(super) reason: String,
    /// The log as it was when the form was drawn.
    pub(super) was: String,
    pub(super) errors: Errors,
}

/// One meeting in the list.
#[derive(Debug)]
pub(super) struct MeetingRow {
    pub(super) href: String,
    pub(super) day: String,
    pub(super) iso: String,
    pub(super) detail: String,
    pub(super) came: String,
    pub(super) minutes: String,
}

/// The figures of a group's time, for the drawing and its table.
#[derive(Debug)]
pub(super) struct TimeCard {
    pub(super) sentence: String,
    pub(super) label: String,
    pub(super) rows: Vec<TapeRow>,
    pub(super) marks: Vec<Mark>,
    pub(super) figures: Vec<Figures>,
    pub(super) all: Figures,
}

/// Earlier and coming meetings, planned against actual.
#[derive(Template)]
#[template(path = "meeting_logs/list.html")]
pub(super) struct ListPage {
    pub(super) shell: Shell,
    pub(super) group_path: String,
    pub(super) group_name: String,
    pub(super) standfirst: String,
    pub(super) to_log: Vec<MeetingRow>,
    pub(super) coming: Vec<MeetingRow>,
    pub(super) earlier: Vec<MeetingRow>,
    /// A meeting for catching up alone is offered.
    pub(super) coffee: Option<Offer>,
    pub(super) time: Option<TimeCard>,
    pub(super) readers: String,
}
