//! What can be chosen.
use crate::base::ids::{ElementId, GoalId, ParticipationId};

/// An agreed goal of the group.
#[derive(Debug, Clone)]
pub(crate) struct GoalChoice {
    pub(crate) id: GoalId,
    /// Empty where it was worded before the reader came.
    pub(crate) title: String,
    /// Whose own goal it is; none for the group's.
    pub(crate) owner_id: Option<ParticipationId>,
    pub(crate) owner: Option<String>,
}

/// An agreed element.
#[derive(Debug, Clone)]
pub(crate) struct ElementChoice {
    pub(crate) id: ElementId,
    pub(crate) about_id: ParticipationId,
    pub(crate) title: String,
}
