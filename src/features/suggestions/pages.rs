//! What the templates need, ready to show.
use super::{model::DraftState, service::View};
use crate::access::{InProgram, ProgramState};
use crate::base::words;
use crate::features::matching::Weights;
use crate::web::{form::Errors, page::Shell};
use askama::Template;

/// The weights, as typed.
#[derive(Clone, Default)]
pub(super) struct Typed {
    pub(super) wants: String,
    pub(super) themes: String,
    pub(super) departments: String,
    pub(super) site: String,
    pub(super) same_site: bool,
    pub(super) other_sites: bool,
    pub(super) new_faces: String,
    pub(super) seed: String,
}

impl Typed {
    pub(super) fn of(weights: Weights, seed: i32) -> Self {
        Self {
            wants: weights.wants.to_string(),
            themes: weights.themes.to_string(),
            departments: weights.departments.to_string(),
            site: weights.site.to_string(),
            same_site: weights.same_site,
            other_sites: !weights.same_site,
            new_faces: weights.new_faces.to_string(),
            seed: seed.to_string(),
        }
    }
}

#[derive(Template)]
#[template(path = "suggestions/ask.html")]
pub(super) struct AskPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) program: String,
    pub(super) path: String,
    /// Where the open suggestion is, if there is one.
    pub(super) open: String,
    pub(super) can_form: bool,
    pub(super) typed: Typed,
}

/// What was chosen in the form that moves somebody, and on which page it stood.
pub(super) struct Moving {
    pub(super) who: String,
    pub(super) to: String,
    pub(super) after: i32,
}

impl Moving {
    pub(super) const fn on_page(after: i32) -> Self {
        Self { who: String::new(), to: String::new(), after }
    }
}

/// A line of a list to choose from.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

/// One suggested group.
pub(super) struct GroupCard {
    pub(super) number: i32,
    pub(super) names: String,
    /// "Three people".
    pub(super) size: String,
    /// Smaller or larger than the program allows.
    pub(super) wrong_size: bool,
    pub(super) reasons: Vec<String>,
}

/// Somebody without a group.
pub(super) struct LeftRow {
    pub(super) name: String,
    pub(super) because: Vec<String>,
}

#[derive(Template)]
#[template(path = "suggestions/draft.html")]
pub(super) struct DraftPage {
    pub(super) shell: Shell,
    pub(super) errors: Errors,
    pub(super) program: String,
    pub(super) path: String,
    pub(super) here: String,
    pub(super) state: &'static str,
    pub(super) cut_off: bool,
    pub(super) progress: i32,
    pub(super) standfirst: String,
    pub(super) basis: String,
    pub(super) groups: Vec<GroupCard>,
    pub(super) left: Vec<LeftRow>,
    /// People without a group beyond those shown.
    pub(super) more_left: i64,
    pub(super) who: Vec<Choice>,
    pub(super) to: Vec<Choice>,
    pub(super) after: i32,
    /// The last group of this page when there are more, else 0.
    pub(super) next: i32,
    pub(super) running: bool,
}

impl DraftPage {
    pub(super) fn new(
        shell: Shell,
        program: &InProgram,
        (view, cut_off): (&View, bool),
        moving: &Moving,
        errors: Errors,
    ) -> Self {
        let path = program.path();
        let sizes = view.settings.sizes;
        let cards = view.groups.iter().map(|group| {
            let names: Vec<String> = group.members.iter().map(|member| member.name.clone()).collect();
            GroupCard {
                number: group.number,
                size: size_words(names.len(), sizes.min),
                wrong_size: names.len() < sizes.min || names.len() > sizes.max,
                names: words::list(&names),
                reasons: group.reasons.clone(),
            }
        });
        let mut people: Vec<_> = view.left.iter().map(|left| (&left.person, None)).collect();
        people.extend(view.groups.iter().flat_map(|group| group.members.iter().map(|who| (who, Some(group.number)))));
        let who = people.into_iter().map(|(person, number)| {
            let value = person.id.to_string();
            let place = number.map_or_else(|| "in no group".to_owned(), |number| format!("group {number}"));
            Choice { chosen: value == moving.who, value, label: format!("{} ({place})", person.name) }
        });
        let numbers = view.numbers.iter().map(|number| (number.to_string(), format!("Group {number}")));
        let to = numbers
            .chain([("new".to_owned(), "A new group".to_owned()), ("none".to_owned(), "No group for now".to_owned())])
            .map(|(value, label)| Choice { chosen: value == moving.to, value, label });
        let left = view.left.iter().map(|left| LeftRow {
            name: left.person.name.clone(),
            because: left.because.iter().map(|why| format!("{why}.")).collect(),
        });
        let shown = i64::try_from(view.left.len()).unwrap_or(0);
        Self {
            shell: shell.with(&errors),
            program: program.name.clone(),
            here: format!("{path}/suggestions/{}", view.draft.id),
            path,
            state: view.draft.state.as_str(),
            cut_off,
            progress: view.draft.progress,
            standfirst: standfirst(view),
            basis: basis(view.draft.weights, view.draft.seed),
            groups: cards.collect(),
            left: left.collect(),
            more_left: if view.draft.state == DraftState::Ready {
                view.totals.people - view.totals.placed - shown
            } else {
                0
            },
            who: who.collect(),
            to: to.collect(),
            after: moving.after,
            next: view.next.unwrap_or(0),
            running: program.state != ProgramState::Open,
            errors,
        }
    }
}

fn size_words(members: usize, min: usize) -> String {
    let people = words::capital(&words::count(members, "person", "people"));
    if members < min {
        format!("{people}, below the {} that this program asks for", words::number(min))
    } else {
        people
    }
}

/// "Twelve groups with 40 people. Two people are in none."
fn standfirst(view: &View) -> String {
    let size = |n: i64| usize::try_from(n).unwrap_or(0);
    let totals = view.totals;
    let left = size(totals.people - totals.placed);
    let groups = match size(totals.groups) {
        0 if totals.people == 0 => return "Nobody is ready to be placed.".to_owned(),
        0 => "No group can be formed.".to_owned(),
        n => {
            let people = words::count(size(totals.placed), "person", "people");
            format!("{} with {people}.", words::capital(&words::count(n, "group", "groups")))
        }
    };
    let rest = match left {
        0 => "Everybody who is ready has a place.".to_owned(),
        n => format!("{} in no group.", words::capital(&words::count(n, "person is", "people are"))),
    };
    format!("{groups} {rest}")
}

/// What it is made from, so that it can be made again.
fn basis(weights: Weights, seed: i32) -> String {
    let site = if weights.same_site { "same site" } else { "different sites" };
    format!(
        "Wants and offers count {}, themes {}, different departments {}, {site} {}, new faces {}; draw {seed}.",
        weights.wants, weights.themes, weights.departments, weights.site, weights.new_faces
    )
}
