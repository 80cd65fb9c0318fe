//! The kinds and states that facts come in, as the tables spell them.

crate::text_enum! {
    /// What minutes on an agenda are for.
    pub enum ItemKind {
        CheckIn = "check_in",
        GoalWork = "goal_work",
        Theme = "theme",
        FeedbackRound = "feedback_round",
        Trip = "trip",
        Informal = "informal",
        Logistics = "logistics",
        WrapUp = "wrap_up",
    }
}

impl ItemKind {
    /// Minutes that serve what the group meets for.
    pub const fn is_on_purpose(self) -> bool {
        matches!(self, Self::GoalWork | Self::FeedbackRound | Self::Trip | Self::Theme)
    }
}

crate::text_enum! {
    pub enum MeetingState {
        Scheduled = "scheduled",
        Held = "held",
        NotHeld = "not_held",
        Cancelled = "cancelled",
    }
}
