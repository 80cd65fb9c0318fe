//! What the pages of notes need, ready to be shown.
use super::{
    model::{Deleting, Mine, SheetKind, Side, last_day_alone},
    service::Whole,
};
use crate::access::{GroupMember, OwnPart};
use crate::base::{ids::FieldTripId, text, words};
use crate::web::{form::Errors, page::Shell, state::App};
use askama::Template;
use std::collections::HashMap;

/// The name of the field for one element.
pub(super) fn field(id: impl std::fmt::Display) -> String {
    format!("note-{id}")
}

struct Line {
    name: String,
    title: String,
    typed: String,
    /// What was noted, line by line.
    said: Vec<String>,
}

/// The page of the notes, for one of the two.
#[derive(Template)]
#[template(path = "observation_notes/notes.html")]
pub(super) struct NotesPage {
    shell: Shell,
    errors: Errors,
    /// What was typed and could not be saved, to take along.
    kept: Vec<(String, String)>,
    kept_why: &'static str,
    trip_path: String,
    /// Where they are deleted.
    delete_path: String,
    group_name: String,
    group_path: String,
    observer: String,
    observed: String,
    is_observer: bool,
    day: String,
    may_write: bool,
    has_notes: bool,
    is_handed: bool,
    lines: Vec<Line>,
    log: String,
    log_lines: Vec<String>,
    off_limits: Vec<String>,
    deleting: Deleting,
    other_asked: bool,
    alone_until: String,
    feedback_href: String,
    readers: String,
}

impl NotesPage {
    pub(super) fn of(
        app: &App,
        by: &GroupMember,
        id: FieldTripId,
        whole: &Whole,
        (typed, errors): (Option<&HashMap<String, String>>, Errors),
    ) -> Self {
        let observation = &whole.observation;
        let group_path = by.group().path();
        let log = whole.notes.as_ref().map_or("", |notes| notes.log.as_str());
        let as_typed = |name: &str, kept: &str| match typed {
            Some(typed) => typed.get(name).cloned().unwrap_or_default(),
            None => kept.to_owned(),
        };
        let lines = whole.elements.iter().map(|element| {
            let name = field(element.id);
            Line {
                typed: as_typed(&name, &element.words),
                title: element.title.clone(),
                said: said(&element.words),
                name,
            }
        });
        let other = text::first_name(match whole.me {
            Side::Observer => &observation.observed,
            Side::Observed => &observation.observer,
        });
        let is_handed = whole.handed_on().is_some();
        let asked_by = whole.notes.as_ref().and_then(|notes| notes.drop_asked_by);
        Self {
            shell: by.shell(app).with(&errors),
            errors,
            kept: Vec::new(),
            kept_why: if is_handed {
                "The notes were handed over, and stay as they are"
            } else {
                "Notes are written from the day on, once it is confirmed"
            },
            delete_path: format!("{}/observation-notes/{id}/delete", by.program().path()),
            trip_path: format!("{group_path}/trips/{id}"),
            group_name: by.group().name.clone(),
            observer: text::first_name(&observation.observer).to_owned(),
            observed: text::first_name(&observation.observed).to_owned(),
            is_observer: whole.me == Side::Observer,
            day: words::long_day(observation.on_date),
            may_write: whole.may_write,
            has_notes: whole.notes.is_some(),
            is_handed,
            lines: lines.collect(),
            log: as_typed("log", log),
            log_lines: said(log),
            off_limits: whole.off_limits.clone(),
            deleting: whole.deleting,
            other_asked: asked_by.is_some_and(|who| who != by.participation_id()),
            alone_until: whole.handed_on().map(|day| words::day(last_day_alone(day))).unwrap_or_default(),
            feedback_href: format!("{group_path}/feedback/new?to={}&occasion=trip:{id}", observation.observed_id),
            readers: if is_handed { format!("{other} and you") } else { "Only you".to_owned() },
            group_path,
        }
    }

    /// The same, with words that could not be saved.
    pub(super) fn with_kept(mut self, kept: Vec<(String, String)>) -> Self {
        self.kept = kept;
        self
    }
}

/// Text as it was typed, line by line.
fn said(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Notes that somebody took or was handed, each with what they may do to have them deleted.
struct Own {
    id: String,
    heading: String,
    day: String,
    deleting: Deleting,
}

#[derive(Template)]
#[template(path = "observation_notes/own.html")]
pub(super) struct OwnPage {
    shell: Shell,
    path: String,
    program: String,
    is_open: bool,
    own: Vec<Own>,
}

impl OwnPage {
    pub(super) fn of(app: &App, by: &OwnPart, own: &[(Mine, Deleting)]) -> Self {
        let called = |name: &str| text::first_name(name).to_owned();
        let own = own.iter().map(|(one, deleting)| Own {
            id: one.trip_id.to_string(),
            heading: format!("{} observes {}", called(&one.observer), called(&one.observed)),
            day: words::day_and_year(one.on_date),
            deleting: *deleting,
        });
        Self {
            shell: by.shell(app),
            path: by.program().path(),
            program: by.program().name.clone(),
            is_open: by.is_open(),
            own: own.collect(),
        }
    }
}

/// A sheet with empty lines, to print and to take along.
#[derive(Template)]
#[template(path = "observation_notes/sheet.html")]
pub(super) struct SheetPage {
    shell: Shell,
    notes_path: String,
    title: String,
    when: String,
    elements: Vec<String>,
    off_limits: Vec<String>,
    kind: SheetKind,
}

impl SheetPage {
    pub(super) fn of(app: &App, by: &GroupMember, id: FieldTripId, (whole, kind): (&Whole, SheetKind)) -> Self {
        let observation = &whole.observation;
        let time = observation.starts_time.map(|time| format!(" at {}", words::clock_time(time))).unwrap_or_default();
        Self {
            shell: by.shell(app),
            notes_path: format!("{}/trips/{id}/notes", by.group().path()),
            title: format!(
                "{} observes {}",
                text::first_name(&observation.observer),
                text::first_name(&observation.observed)
            ),
            when: format!("{}{time}", words::long_day(observation.on_date)),
            elements: whole.elements.iter().map(|element| element.title.clone()).collect(),
            off_limits: whole.off_limits.clone(),
            kind,
        }
    }
}
