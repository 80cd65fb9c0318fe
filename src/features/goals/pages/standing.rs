//! Where a goal stands, and what it asks of the viewer.
use super::super::{
    model::{self, GoalState},
    service::{Seen, Whole},
};
use crate::base::{ids::ParticipationId, text::first_name, words};
use crate::features::{
    elements::ElementState,
    goal_versions::{self, Consent},
    groups::OpenMember,
};
use time::Date;

/// The one thing next on this page.
pub(in super::super) enum Next {
    /// Agree, with what that means.
    Agree { heading: String, text: String, button: String },
    /// Something further down the page.
    Look { heading: String, text: String, to: &'static str, label: &'static str },
    /// Nothing to do but wait.
    Wait { heading: String, text: String },
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
    let names =
        |them: Vec<&OpenMember>| them.iter().map(|member| name(member.participation_id, &member.name)).collect();
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
    let on = |date: Option<Date>| date.map(|date| format!(" on {}", words::day(date))).unwrap_or_default();
    let since = |day| format!(" since {}", words::day(day));
    match goal.state {
        GoalState::Draft if goal.owner_id.is_some() => "It is a draft.".to_owned(),
        GoalState::Draft => format!("It is a draft, agreed so far{by}."),
        GoalState::Agreed => match whole.earlier.first() {
            Some(before) => format!("Agreed{}; in these words{}{by}.", on(goal.agreed_on), since(before.replaced_on)),
            None => format!("Agreed{}{by}.", on(goal.agreed_on)),
        },
        closed => format!("{}. It was closed{}.", closed.words(), on(goal.closed_on)),
    }
}

/// What the viewer can do next, if anything.
pub(in super::super) fn next(whole: &Whole, me: ParticipationId) -> Option<Next> {
    let seen = &whole.seen;
    if !seen.goal.state.is_open() || seen.proposal.is_some() {
        return None;
    }
    let waits = whole.elements.iter().find(|e| e.about_id == me && e.state == ElementState::Proposed);
    let agreed = whole.elements.iter().filter(|e| e.about_id == me && e.state == ElementState::Agreed).count();
    match (seen.goal.owner_id, seen.goal.state) {
        (Some(owner), GoalState::Draft) if owner == me => {
            return Some(if model::personal_goal_is_ready(agreed) {
                Next::Agree {
                    heading: "Agree your goal".to_owned(),
                    text: "The others can write to you then about what you agreed.".to_owned(),
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
    let day = words::day(goal_versions::asked_until(seen.worded_on));
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
