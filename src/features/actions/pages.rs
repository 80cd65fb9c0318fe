//! What the templates need, ready to show.
use super::{
    line::{OpenLine, who},
    model::ActionState,
    queries::ActionRow,
    service::View,
};
use crate::access::GroupMember;
use crate::base::{
    ids::{ActionId, ParticipationId},
    words,
};
use crate::features::groups::{OpenMember, readers};
use crate::web::{form::Errors, page::Shell};
use askama::Template;

/// Somebody who may do it; without an id, all of them.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) name: String,
}

/// The viewer, the others, and all of them.
fn choices(members: &[OpenMember], me: ParticipationId) -> Vec<Choice> {
    let (mine, others): (Vec<_>, Vec<_>) = members.iter().partition(|member| member.participation_id == me);
    let you = mine.iter().map(|member| Choice { id: member.participation_id.to_string(), name: "You".to_owned() });
    let rest = others.iter().map(|m| Choice { id: m.participation_id.to_string(), name: m.name.clone() });
    let all = Choice { id: String::new(), name: "All of you".to_owned() };
    you.chain(rest).chain([all]).collect()
}

/// What was typed for a new one.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) id: String,
    pub(super) words: String,
    pub(super) owner: String,
    pub(super) due_on: String,
    /// Where it was agreed; a meeting's id or nothing.
    pub(super) meeting: String,
}

/// An open one, with its small forms.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) line: OpenLine,
    pub(super) people: Vec<Choice>,
    pub(super) owner: String,
    pub(super) due_on: String,
    pub(super) reason: String,
    /// Something in it needs another look.
    pub(super) open: bool,
}

/// One that is over.
#[derive(Debug)]
pub(super) struct ClosedRow {
    pub(super) words: String,
    /// "Done on 4 May, Marcus", "Dropped on 4 May, all of you: the room is gone".
    pub(super) about: String,
}

/// What was typed into the small forms of one, when they are shown again.
#[derive(Debug, Default)]
pub(super) struct Changed {
    pub(super) id: Option<ActionId>,
    pub(super) owner: String,
    pub(super) due_on: String,
    pub(super) reason: String,
}

#[derive(Template)]
#[template(path = "actions/list.html")]
pub(super) struct ListPage {
    shell: Shell,
    pub(super) errors: Errors,
    group: String,
    group_name: String,
    rows: Vec<Row>,
    closed: Vec<ClosedRow>,
    running: bool,
    readers: String,
}

impl ListPage {
    pub(super) fn of(by: &GroupMember, view: &View, shell: Shell, (changed, errors): (Changed, Errors)) -> Self {
        let me = by.participation_id();
        let row = |row: &ActionRow| {
            let owner = row.owner_id.map(|id| id.to_string()).unwrap_or_default();
            let mut people = choices(&view.members, me);
            // Whoever left is no choice for a new one; this one stays theirs until somebody takes it.
            if let (false, Some(name)) = (people.iter().any(|one| one.id == owner), &row.owner_name) {
                people.insert(0, Choice { id: owner.clone(), name: format!("{name}, who left") });
            }
            let open = changed.id == Some(row.id);
            let due_on = words::iso_day(row.due_on);
            let (owner, due_on) = if open { (changed.owner.clone(), changed.due_on.clone()) } else { (owner, due_on) };
            Row {
                id: row.id.to_string(),
                line: OpenLine::of(by, row, view.today),
                people,
                owner,
                due_on,
                reason: if open { changed.reason.clone() } else { String::new() },
                open,
            }
        };
        Self {
            shell: shell.with(&errors),
            errors,
            group: by.group().path(),
            group_name: by.group().name.clone(),
            rows: view.open.iter().map(row).collect(),
            closed: view.closed.iter().map(|row| closed(by, row)).collect(),
            running: by.program().state.is_running(),
            readers: readers(by, &view.members, None),
        }
    }
}

fn closed(by: &GroupMember, row: &ActionRow) -> ClosedRow {
    let on = row.closed_on.map(words::day).unwrap_or_default();
    let whose = who(by, row);
    let about = match row.state {
        ActionState::Dropped => format!("Dropped on {on}, {}: {}", lower(&whose), row.reason),
        ActionState::Done | ActionState::Open => format!("Done on {on}, {}", lower(&whose)),
    };
    ClosedRow { words: row.words.clone(), about }
}

/// Names keep their capital.
fn lower(whose: &str) -> String {
    match whose {
        "You" => "you".to_owned(),
        "All of you" => "all of you".to_owned(),
        name => name.to_owned(),
    }
}

#[derive(Template)]
#[template(path = "actions/new.html")]
pub(super) struct NewPage {
    shell: Shell,
    pub(super) errors: Errors,
    group: String,
    group_name: String,
    people: Vec<Choice>,
    /// It begins from an element of the viewer's own.
    from_element: bool,
    readers: String,
    typed: Typed,
}

impl NewPage {
    pub(super) fn of(
        by: &GroupMember,
        view: &View,
        shell: Shell,
        (typed, errors): (Typed, Errors),
        from_element: bool,
    ) -> Self {
        Self {
            shell: shell.with(&errors),
            errors,
            group: by.group().path(),
            group_name: by.group().name.clone(),
            people: choices(&view.members, by.participation_id()),
            from_element,
            readers: readers(by, &view.members, None),
            typed,
        }
    }
}
