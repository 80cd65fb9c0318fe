//! How goals come to be agreed and closed. No database, no HTML.
use crate::features::elements::MOST_ELEMENTS;

crate::text_enum! {
    /// `draft → agreed → achieved | partly | not_achieved`, and `dropped` from either of the first two.
    pub enum GoalState {
        Draft = "draft",
        Agreed = "agreed",
        Achieved = "achieved",
        Partly = "partly",
        NotAchieved = "not_achieved",
        Dropped = "dropped",
    }
}

impl GoalState {
    /// Work on it goes on.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Agreed)
    }

    /// As a label beside the goal.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Draft => "Not agreed yet",
            Self::Agreed => "Agreed",
            Self::Achieved => "Reached",
            Self::Partly => "Partly reached",
            Self::NotAchieved => "Not reached",
            Self::Dropped => "Dropped",
        }
    }
}

/// A personal goal can be agreed once feedback can be about something: 1 to 6 agreed elements.
pub fn personal_goal_is_ready(agreed_elements: usize) -> bool {
    (1..=MOST_ELEMENTS).contains(&agreed_elements)
}

/// Whether a goal may end this way.
pub const fn can_end(from: GoalState, how: GoalState) -> bool {
    match from {
        GoalState::Draft => matches!(how, GoalState::Dropped),
        GoalState::Agreed => !how.is_open(),
        _ => false,
    }
}
