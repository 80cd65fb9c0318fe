//! What came of goals.
use super::Share;
use crate::features::goals::GoalState;
use crate::features::progress::model::GoalOutcome;

/// Achieved counts 1, partly ½, not achieved 0; their sum ÷ those that are closed, without the dropped ones.
///
/// Counted in halves, so that it stays a fraction of whole numbers.
pub fn attainment<'a>(goals: impl IntoIterator<Item = &'a GoalOutcome>) -> Share {
    goals
        .into_iter()
        .filter_map(|goal| match goal.state {
            GoalState::Achieved => Some(2),
            GoalState::Partly => Some(1),
            GoalState::NotAchieved => Some(0),
            GoalState::Draft | GoalState::Agreed | GoalState::Dropped => None,
        })
        .map(|halves| Share { num: halves, den: 2 })
        .sum()
}

/// Goals with at least one product ÷ goals that are agreed or beyond, without the dropped ones.
pub fn with_product<'a>(goals: impl IntoIterator<Item = &'a GoalOutcome>) -> Share {
    goals
        .into_iter()
        .filter(|goal| !matches!(goal.state, GoalState::Draft | GoalState::Dropped))
        .map(|goal| Share { num: i32::from(goal.has_product), den: 1 })
        .sum()
}
