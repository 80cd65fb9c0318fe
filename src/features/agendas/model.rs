//! How the minutes of an agenda add up.
use crate::features::meetings::ItemKind;

/// Rule 1's mark: no item works on a goal or the theme.
#[must_use]
pub fn lacks_goal_time(kinds: impl IntoIterator<Item = ItemKind>) -> bool {
    !kinds.into_iter().any(|kind| matches!(kind, ItemKind::GoalWork | ItemKind::Theme))
}

/// Rule 1: an agenda may run over its meeting only as far as the planner said so.
///
/// `before` and `after` are the minutes over, `confirmed` how many were ticked.
#[must_use]
pub fn may_run_over(before: i32, after: i32, confirmed: Option<i32>) -> bool {
    after <= before.max(0) || confirmed.is_some_and(|minutes| minutes >= after)
}
