//! The group's goals and each member's own.
use crate::access::InGroup;
use crate::base::{ids::ParticipationId, words};
use crate::features::goals::GoalState;
use crate::features::group_page::{
    model::{Called, Goal},
    service::Inside,
};

pub(super) struct GroupGoal {
    pub(super) aim: String,
    pub(super) href: String,
    pub(super) until: String,
    /// It waits for everyone's yes.
    pub(super) is_draft: bool,
    /// The reader's yes is missing.
    pub(super) asks_me: bool,
    pub(super) state: Option<Mark>,
}

/// A word with its shape.
pub(super) struct Mark {
    pub(super) kind: &'static str,
    pub(super) label: &'static str,
}

/// One member with their own goal.
pub(super) struct Each {
    pub(super) name: String,
    pub(super) is_me: bool,
    pub(super) goal: Option<OwnGoal>,
    /// Where the others write to them; none while nothing is agreed.
    pub(super) write: Option<String>,
}

pub(super) struct OwnGoal {
    pub(super) aim: String,
    pub(super) href: String,
    pub(super) state: Option<Mark>,
    pub(super) elements: Vec<String>,
    /// How many wait for the reader's yes.
    pub(super) proposed: usize,
}

const fn mark(state: GoalState) -> Option<Mark> {
    match state {
        GoalState::Draft => Some(Mark { kind: "quiet", label: "Draft" }),
        GoalState::Achieved => Some(Mark { kind: "ok", label: "Reached" }),
        GoalState::Partly => Some(Mark { kind: "quiet", label: "Partly reached" }),
        GoalState::NotAchieved => Some(Mark { kind: "quiet", label: "Not reached" }),
        GoalState::Agreed | GoalState::Dropped => None,
    }
}

fn aim(goal: &Goal) -> String {
    if goal.statement.trim().is_empty() { goal.title.clone() } else { goal.statement.clone() }
}

fn href(group: &InGroup, goal: &Goal) -> String {
    format!("{}/goals/{}", group.path(), goal.id)
}

pub(super) fn group_goals(group: &InGroup, goals: &[Goal]) -> Vec<GroupGoal> {
    goals
        .iter()
        .filter(|goal| goal.owner.is_none())
        .map(|goal| GroupGoal {
            aim: aim(goal),
            href: href(group, goal),
            until: goal.target_on.map_or_else(String::new, |day| format!("Until {}", words::day(day))),
            is_draft: goal.state == GoalState::Draft,
            asks_me: goal.asks_me,
            state: if goal.state == GoalState::Draft { None } else { mark(goal.state) },
        })
        .collect()
}

/// The reader first, then the others as they come.
pub(super) fn each(group: &InGroup, called: &Called, members: &[ParticipationId], inside: &Inside) -> Vec<Each> {
    let mut order: Vec<ParticipationId> = members.to_vec();
    order.sort_by_key(|id| !called.is_me(*id));
    order.into_iter().map(|id| one(group, called, id, inside)).collect()
}

fn one(group: &InGroup, called: &Called, id: ParticipationId, inside: &Inside) -> Each {
    let goal = inside.words.goals.iter().find(|goal| goal.owner == Some(id));
    let about = |agreed: bool| {
        let of = inside.words.elements.iter().filter(move |element| element.about == id && element.is_agreed == agreed);
        of.map(|element| element.title.clone()).collect::<Vec<String>>()
    };
    let agreed = about(true);
    let is_me = called.is_me(id);
    let write = (!is_me && !agreed.is_empty()).then(|| format!("{}/feedback/new?to={id}", group.path()));
    Each {
        name: words::capital(&called.name(id)),
        is_me,
        goal: goal.map(|goal| OwnGoal {
            aim: aim(goal),
            href: href(group, goal),
            state: mark(goal.state),
            elements: agreed,
            proposed: if is_me { about(false).len() } else { 0 },
        }),
        write,
    }
}
