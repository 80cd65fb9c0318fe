//! What the templates need, ready to show.
mod goal;
mod people;
mod standing;

pub(super) use goal::*;
pub(super) use people::*;
pub(super) use standing::*;

use crate::base::ids::ParticipationId;
use crate::features::{elements::MOST_ELEMENTS, goal_versions::TypedWording, groups::OpenMember, library::Example};
use crate::web::{form::Errors, page::Shell};
use askama::Template;

/// A member to choose.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) name: String,
}

/// Everyone, the viewer first as "You".
pub(super) fn choices(members: &[OpenMember], me: ParticipationId) -> Vec<Choice> {
    let (mine, others): (Vec<_>, Vec<_>) = members.iter().partition(|member| member.participation_id == me);
    let you = mine.iter().map(|member| Choice { id: member.participation_id.to_string(), name: "You".to_owned() });
    let rest = others.iter().map(|m| Choice { id: m.participation_id.to_string(), name: m.name.clone() });
    you.chain(rest).collect()
}

/// One line where an element can be named. Its ids end in its number.
#[derive(Debug, Clone)]
pub(super) struct ElementLine {
    pub(super) number: usize,
    pub(super) title: String,
    /// Whom it is about; a participation id.
    pub(super) about: String,
}

/// Six lines, filled with what was typed.
pub(super) fn element_lines(titles: &[String], about: &[String], default: &str) -> Vec<ElementLine> {
    (0..MOST_ELEMENTS)
        .map(|at| ElementLine {
            number: at + 1,
            title: titles.get(at).cloned().unwrap_or_default(),
            about: about.get(at).filter(|id| !id.is_empty()).cloned().unwrap_or_else(|| default.to_owned()),
        })
        .collect()
}

#[derive(Template)]
#[template(path = "goals/new.html")]
pub(super) struct NewPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) group: String,
    pub(super) group_name: String,
    pub(super) id: String,
    /// The group has no goal yet.
    pub(super) first: bool,
    pub(super) examples: Vec<Example>,
    pub(super) typed: TypedWording,
    /// "own", "group" or nothing.
    pub(super) whose: String,
    pub(super) own: Vec<ElementLine>,
    pub(super) of_group: Vec<ElementLine>,
    /// Something stands in the lines that are folded away.
    pub(super) own_unfolded: bool,
    pub(super) group_unfolded: bool,
    pub(super) members: Vec<Choice>,
    pub(super) readers: String,
    /// "The program ends on 12 June 2026."
    pub(super) last_day: String,
}

#[derive(Template)]
#[template(path = "goals/edit.html")]
pub(super) struct EditPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) goal: String,
    pub(super) title: String,
    pub(super) typed: TypedWording,
    pub(super) mark: String,
    /// What it says now holds until other words are agreed.
    pub(super) is_agreed: bool,
    /// It is the group's: changing it asks everyone again.
    pub(super) of_group: bool,
    /// How it stands, when somebody changed it while this was typed.
    pub(super) stands: Option<TypedWording>,
    pub(super) readers: String,
    /// "The program ends on 12 June 2026."
    pub(super) last_day: String,
}
