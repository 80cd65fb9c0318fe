//! What the template needs, ready to show.
use super::{model, queries::NoteRow, service::View};
use crate::access::GroupMember;
use crate::base::{
    ids::{GoalId, GoalNoteId},
    local_time::day_in,
    text::first_name,
    words,
};
use crate::web::{form::Errors, page::Shell};
use askama::Template;

/// One note in a list.
pub(crate) struct NoteLine {
    pub(crate) id: String,
    pub(crate) words: String,
    /// "Step done, Priya, 4 May".
    pub(crate) about: String,
    pub(crate) mine: bool,
}

/// The notes as the pages list them.
pub(crate) fn lines(by: &GroupMember, notes: &[NoteRow]) -> Vec<NoteLine> {
    let line = |note: &NoteRow| {
        let mine = note.written_by == by.participation_id();
        let who = if mine { "you" } else { first_name(&note.writer_name) };
        let day = words::day(day_in(&by.program().time_zone, note.written_at));
        NoteLine {
            id: note.id.to_string(),
            words: note.words.clone(),
            about: format!("{}, {who}, {day}", note.kind.words()),
            mine,
        }
    };
    notes.iter().map(line).collect()
}

/// What was typed.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) words: String,
    pub(super) done: bool,
}

#[derive(Template)]
#[template(path = "goal_notes/notes.html")]
pub(super) struct NotesPage {
    shell: Shell,
    pub(super) errors: Errors,
    goal: String,
    title: String,
    /// The form's id for a new note.
    id: String,
    notes: Vec<NoteLine>,
    can_write: bool,
    readers: String,
    typed: Typed,
}

impl NotesPage {
    pub(super) fn of(
        by: &GroupMember,
        (goal_id, view): (GoalId, &View),
        shell: Shell,
        (typed, errors): (Typed, Errors),
    ) -> Self {
        let me = by.participation_id();
        let others = view.readers.iter().filter(|member| member.participation_id != me);
        let mut names: Vec<String> = others.map(|member| member.first_name().to_owned()).collect();
        names.push("you".to_owned());
        Self {
            shell: shell.with(&errors),
            goal: format!("{}/goals/{goal_id}", by.group().path()),
            title: view.head.title.clone(),
            id: GoalNoteId::generate().to_string(),
            notes: lines(by, &view.notes),
            can_write: view.head.is_open && model::may_write(view.head.owner_id, me),
            readers: if names.len() == 1 { "Only you".to_owned() } else { words::list(&names) },
            typed,
            errors,
        }
    }
}
