//! The page of one goal.
use super::super::{
    model::{self, Consent, ElementState, GoalState, ProductState},
    queries::{ElementRow, ProductRow},
    service::{Seen, Whole},
};
use super::{Choice, choices, readers};
use crate::access::GroupMember;
use crate::base::{
    ids::ParticipationId,
    text::{first_name, web_link},
    words,
};
use crate::web::{form::Errors, page::Shell};
use askama::Template;

/// What was typed into the small forms of the page, when one of them is shown again.
#[derive(Debug, Default)]
pub(in super::super) struct Typed {
    pub(in super::super) element: String,
    pub(in super::super) about: String,
    pub(in super::super) product: String,
    pub(in super::super) link: String,
    pub(in super::super) state: String,
    pub(in super::super) how: String,
    pub(in super::super) reflection: String,
    /// The product that was to change, with its link and state.
    pub(in super::super) changed: Option<(String, String, String)>,
}

/// The one thing next on this page.
pub(in super::super) enum Next {
    /// Agree, with what that means.
    Agree {
        heading: String,
        text: String,
        button: String,
    },
    /// Something further down the page.
    Look {
        heading: String,
        text: String,
        to: &'static str,
        label: &'static str,
    },
    /// Nothing to do but wait.
    Wait {
        heading: String,
        text: String,
    },
}

/// An element in somebody's list.
pub(in super::super) struct Element {
    pub(in super::super) id: String,
    pub(in super::super) title: String,
    /// First name of who proposed it.
    pub(in super::super) by: String,
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

pub(in super::super) struct Product {
    pub(in super::super) id: String,
    pub(in super::super) title: String,
    /// An http or https address, or nothing.
    pub(in super::super) href: String,
    pub(in super::super) owner: String,
    pub(in super::super) state: &'static str,
    pub(in super::super) mine: bool,
    pub(in super::super) link_typed: String,
    pub(in super::super) state_typed: String,
    pub(in super::super) open: bool,
}

#[derive(Template)]
#[template(path = "goals/goal.html")]
pub(in super::super) struct GoalPage {
    pub(in super::super) shell: Shell,
    pub(in super::super) errors: Errors,
    pub(in super::super) group: String,
    pub(in super::super) group_name: String,
    pub(in super::super) goal: String,
    pub(in super::super) title: String,
    pub(in super::super) statement: String,
    pub(in super::super) measure: String,
    pub(in super::super) until: String,
    pub(in super::super) whose: String,
    pub(in super::super) standing: String,
    pub(in super::super) state: GoalState,
    pub(in super::super) state_kind: &'static str,
    pub(in super::super) mark: String,
    pub(in super::super) next: Option<Next>,
    pub(in super::super) of_group: bool,
    pub(in super::super) said_yes: Vec<String>,
    pub(in super::super) not_yet: Vec<String>,
    pub(in super::super) people: Vec<About>,
    pub(in super::super) choices: Vec<Choice>,
    pub(in super::super) can_propose: bool,
    /// Under a personal goal it says about whom: "Propose one more, about Priya".
    pub(in super::super) propose_label: String,
    pub(in super::super) products: Vec<Product>,
    pub(in super::super) states: Vec<(&'static str, &'static str)>,
    pub(in super::super) can_add_product: bool,
    pub(in super::super) can_edit: bool,
    pub(in super::super) can_close: bool,
    pub(in super::super) reflection: String,
    pub(in super::super) readers: String,
    pub(in super::super) element_id: String,
    pub(in super::super) product_id: String,
    pub(in super::super) typed: Typed,
}

/// "Your own goal", "Priya’s own goal", "The group’s goal".
pub(in super::super) fn whose(seen: &Seen, me: ParticipationId) -> String {
    match (seen.goal.owner_id, &seen.goal.owner_name) {
        (None, _) => "The group’s goal".to_owned(),
        (Some(owner), _) if owner == me => "Your own goal".to_owned(),
        (Some(_), name) => format!("{}’s own goal", name.as_deref().map_or("A member", first_name)),
    }
}

/// Who said yes and who has not, with "You" for the viewer.
pub(in super::super) fn voices(whole: &Whole, me: ParticipationId) -> (Vec<String>, Vec<String>) {
    let name = |id: ParticipationId, name: &str| if id == me { "You".to_owned() } else { name.to_owned() };
    let (yes, no): (Vec<_>, Vec<_>) =
        whole.seen.readers.iter().partition(|member| whole.agreements.contains(&member.participation_id));
    let names = |them: Vec<&crate::features::groups::OpenMember>| {
        them.iter().map(|member| name(member.participation_id, &member.name)).collect()
    };
    (names(yes), names(no))
}

/// "agreed on 4 May by three of four": where the goal stands, as a sentence.
pub(in super::super) fn standing(whole: &Whole, me: ParticipationId) -> String {
    let goal = &whole.seen.goal;
    let (yes, no) = voices(whole, me);
    let by = if goal.owner_id.is_none() && !no.is_empty() && goal.state.is_open() {
        format!(" by {} of {}", words::number(yes.len()), words::number(yes.len() + no.len()))
    } else {
        String::new()
    };
    let on = |date: Option<time::Date>| date.map(|date| format!(" on {}", words::day(date))).unwrap_or_default();
    match goal.state {
        GoalState::Draft if goal.owner_id.is_some() => "It is a draft.".to_owned(),
        GoalState::Draft => format!("It is a draft, agreed so far{by}."),
        GoalState::Agreed => format!("Agreed{}{by}.", on(goal.agreed_on)),
        closed => format!("{}. It was closed{}.", closed.words(), on(goal.closed_on)),
    }
}

/// What the viewer can do next, if anything.
pub(in super::super) fn next(whole: &Whole, me: ParticipationId) -> Option<Next> {
    let seen = &whole.seen;
    if !seen.goal.state.is_open() {
        return None;
    }
    let waits = whole.elements.iter().find(|e| e.about_id == me && e.state == ElementState::Proposed);
    let agreed = whole.elements.iter().filter(|e| e.about_id == me && e.state == ElementState::Agreed).count();
    match (seen.goal.owner_id, seen.goal.state) {
        (Some(owner), GoalState::Draft) if owner == me => {
            return Some(if model::personal_goal_is_ready(agreed) {
                Next::Agree {
                    heading: "Agree your goal".to_owned(),
                    text: "Its words are fixed then, and the others can write to you about what you agreed.".to_owned(),
                    button: "Agree this goal".to_owned(),
                }
            } else {
                Next::Look {
                    heading: "Name what the others may tell you about".to_owned(),
                    text: "One to six things that can be seen or heard when you work. Then you can agree your goal."
                        .to_owned(),
                    to: "#elements",
                    label: "Name one",
                }
            });
        }
        (None, _) => {
            if let Some(next) = next_for_group(whole, me) {
                return Some(next);
            }
        }
        _ => {}
    }
    waits.map(|element| Next::Look {
        heading: format!("{} proposes something about you", first_name(&element.proposer_name)),
        text: "Only you can agree that feedback to you may be about it.".to_owned(),
        to: "#elements",
        label: "Answer",
    })
}

/// What a group's goal asks of the viewer.
fn next_for_group(whole: &Whole, me: ParticipationId) -> Option<Next> {
    let seen = &whole.seen;
    let (_, no) = voices(whole, me);
    let draft = seen.goal.state == GoalState::Draft;
    if !whole.agreements.contains(&me) {
        let text = if draft {
            "It is agreed once everyone said yes. You can change its words too; then everyone is asked again."
        } else {
            "The others agreed it. Say whether you do, too."
        };
        return Some(Next::Agree {
            heading: "Do you agree this goal?".to_owned(),
            text: text.to_owned(),
            button: "Agree this goal".to_owned(),
        });
    }
    if !draft {
        return None;
    }
    let others = words::list(&no.iter().map(|name| first_name(name).to_owned()).collect::<Vec<_>>());
    let day = words::day(model::asked_until(seen.worded_on));
    Some(match seen.consent(&whole.agreements) {
        Consent::Waits => Next::Wait {
            heading: format!("It waits for {others}"),
            text: format!("From {day} on, whoever has not answered no longer keeps you from beginning."),
        },
        Consent::All => Next::Agree {
            heading: "Everyone has agreed".to_owned(),
            text: "Those who had not answered are no longer in the group.".to_owned(),
            button: "Take it as agreed".to_owned(),
        },
        Consent::Enough => Next::Agree {
            heading: format!("{others} had two weeks to answer"),
            text: format!(
                "The group can begin: it is agreed by {} of {}.",
                words::number(seen.readers.len() - no.len()),
                words::number(seen.readers.len())
            ),
            button: "Take it as agreed".to_owned(),
        },
    })
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
        let about = about(&member.name, &own, write, mine);
        if mine { found.insert(0, about) } else { found.push(about) }
    }
    let gone = whole.elements.iter().filter(|element| !whole.seen.reads(element.about_id));
    let mut left: Vec<(ParticipationId, &str)> = gone.map(|e| (e.about_id, e.about_name.as_str())).collect();
    left.dedup();
    for (id, name) in left {
        let own: Vec<&ElementRow> = whole.elements.iter().filter(|element| element.about_id == id).collect();
        found.push(about(name, &own, String::new(), false));
    }
    found
}

fn about(name: &str, own: &[&ElementRow], write: String, mine: bool) -> About {
    let of = |state: ElementState| {
        let there = own.iter().filter(|element| element.state == state);
        there
            .map(|element| Element {
                id: element.id.to_string(),
                title: element.title.clone(),
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

pub(in super::super) fn product(row: &ProductRow, me: ParticipationId, typed: &Typed) -> Product {
    let id = row.id.to_string();
    let changed = typed.changed.as_ref().filter(|(changed, ..)| *changed == id);
    Product {
        title: row.title.clone(),
        // What came in with a file may be anything; only web addresses become links.
        href: web_link(&row.link).unwrap_or_default(),
        mine: row.owner_id == me,
        owner: if row.owner_id == me { "You".to_owned() } else { row.owner_name.clone() },
        state: row.state.words(),
        link_typed: changed.map_or_else(|| row.link.clone(), |(_, link, _)| link.clone()),
        state_typed: changed.map_or_else(|| row.state.as_str().to_owned(), |(_, _, state)| state.clone()),
        open: changed.is_some(),
        id,
    }
}

/// The page as it stands, with what was typed and what was wrong with it.
pub(in super::super) fn goal_page(
    by: &GroupMember,
    whole: &Whole,
    shell: Shell,
    (typed, errors): (Typed, Errors),
) -> GoalPage {
    let (me, seen, goal) = (by.participation_id(), &whole.seen, &whole.seen.goal);
    let group = by.group().path();
    let (said_yes, not_yet) = voices(whole, me);
    let ours = goal.owner_id.is_none_or(|owner| owner == me);
    let open = goal.state.is_open();
    GoalPage {
        shell: shell.with(&errors),
        group_name: by.group().name.clone(),
        goal: format!("{group}/goals/{}", goal.id),
        title: goal.title.clone(),
        statement: goal.statement.clone(),
        measure: goal.measure.clone(),
        until: goal.target_on.map(words::day_and_year).unwrap_or_default(),
        whose: whose(seen, me),
        standing: standing(whole, me),
        state: goal.state,
        state_kind: match goal.state {
            GoalState::Agreed | GoalState::Achieved => "ok",
            GoalState::NotAchieved => "stop",
            GoalState::Draft | GoalState::Partly | GoalState::Dropped => "quiet",
        },
        mark: goal.wording().mark(),
        next: next(whole, me),
        of_group: goal.owner_id.is_none(),
        said_yes,
        not_yet,
        people: people(whole, me, &group),
        choices: choices(&seen.readers, me),
        can_propose: open && goal.owner_id.is_none_or(|owner| seen.reads(owner)),
        propose_label: format!(
            "Propose one more, about {}",
            if ours { "you" } else { goal.owner_name.as_deref().map_or("them", first_name) }
        ),
        products: whole.products.iter().map(|row| product(row, me, &typed)).collect(),
        states: ProductState::ALL.iter().map(|state| (state.as_str(), state.words())).collect(),
        can_add_product: ours,
        can_edit: ours && goal.state == GoalState::Draft,
        can_close: ours && open,
        reflection: goal.reflection.clone(),
        readers: readers(&seen.readers, me),
        element_id: crate::base::ids::ElementId::generate().to_string(),
        product_id: crate::base::ids::ProductId::generate().to_string(),
        typed,
        errors,
        group,
    }
}
