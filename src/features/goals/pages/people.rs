//! The elements under a goal, person by person.
use super::super::service::Whole;
use crate::base::{ids::ParticipationId, text::first_name};
use crate::features::elements::{ElementRow, ElementState};

/// An element in somebody's list.
pub(in super::super) struct Element {
    pub(in super::super) id: String,
    pub(in super::super) title: String,
    /// First name of who proposed it.
    pub(in super::super) by: String,
    /// First names of who came later and has not seen it, where it is the viewer's own.
    pub(in super::super) unseen_by: String,
}

/// What was named about one person.
pub(in super::super) struct About {
    pub(in super::super) name: String,
    pub(in super::super) first_name: String,
    pub(in super::super) mine: bool,
    pub(in super::super) agreed: Vec<Element>,
    pub(in super::super) proposed: Vec<Element>,
    pub(in super::super) retired: Vec<Element>,
    /// Where to write feedback to them; nothing for oneself and for who left.
    pub(in super::super) write: String,
}

/// The elements by person: the viewer first, then the others, then who left.
pub(in super::super) fn people(whole: &Whole, me: ParticipationId, group: &str) -> Vec<About> {
    let mut found: Vec<About> = Vec::new();
    let owner = whole.seen.goal.owner_id;
    for member in whole.seen.readers.iter().filter(|m| owner.is_none_or(|owner| owner == m.participation_id)) {
        let id = member.participation_id;
        let mine = id == me;
        let own: Vec<&ElementRow> = whole.elements.iter().filter(|element| element.about_id == id).collect();
        let write = if mine { String::new() } else { format!("{group}/feedback/new?to={id}") };
        let about = about(whole, &member.name, &own, (write, mine));
        if mine { found.insert(0, about) } else { found.push(about) }
    }
    let gone = whole.elements.iter().filter(|element| !whole.seen.reads(element.about_id));
    let mut left: Vec<(ParticipationId, &str)> = gone.map(|e| (e.about_id, e.about_name.as_str())).collect();
    left.dedup();
    for (id, name) in left {
        let own: Vec<&ElementRow> = whole.elements.iter().filter(|element| element.about_id == id).collect();
        found.push(about(whole, name, &own, (String::new(), false)));
    }
    found
}

fn about(whole: &Whole, name: &str, own: &[&ElementRow], (write, mine): (String, bool)) -> About {
    let unseen_by = |element: &ElementRow| {
        let of = whole.unseen.iter().find(|(id, _)| *id == element.id);
        of.map(|(_, names)| names.clone()).unwrap_or_default()
    };
    let of = |state: ElementState| {
        let there = own.iter().filter(|element| element.state == state);
        there
            .map(|element| Element {
                id: element.id.to_string(),
                title: element.title.clone(),
                unseen_by: unseen_by(element),
                by: if element.proposed_by == element.about_id {
                    String::new()
                } else {
                    first_name(&element.proposer_name).to_owned()
                },
            })
            .collect::<Vec<_>>()
    };
    let agreed = of(ElementState::Agreed);
    About {
        name: if mine { "You".to_owned() } else { name.to_owned() },
        first_name: first_name(name).to_owned(),
        mine,
        write: if agreed.is_empty() { String::new() } else { write },
        agreed,
        proposed: of(ElementState::Proposed),
        retired: of(ElementState::Retired),
    }
}
