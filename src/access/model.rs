//! The states that decide what a role may do.

crate::text_enum! {
    /// `draft → open → active → closing → archived`, and `cancelled` from any but archived.
    pub enum ProgramState {
        Draft = "draft",
        /// Takes people and approvals, and forms groups.
        Open = "open",
        /// Launched: the groups meet.
        Active = "active",
        /// The last weeks, for looking back.
        Closing = "closing",
        Archived = "archived",
        Cancelled = "cancelled",
    }
}

impl ProgramState {
    /// Groups may act.
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Active | Self::Closing)
    }
    /// Groups have begun, whether or not they have ended.
    pub const fn was_launched(self) -> bool {
        matches!(self, Self::Active | Self::Closing | Self::Archived)
    }
    /// Closing has not begun, and is still to come.
    pub const fn is_before_closing(self) -> bool {
        matches!(self, Self::Draft | Self::Open | Self::Active)
    }
    /// People can be added and can ask their supervisors.
    pub const fn takes_people(self) -> bool {
        matches!(self, Self::Open | Self::Active | Self::Closing)
    }
}

crate::text_enum! {
    /// `invited → joined → completed`, with the ways out.
    pub enum ParticipationState {
        Invited = "invited",
        Joined = "joined",
        Completed = "completed",
        OnHold = "on_hold",
        Withdrawn = "withdrawn",
        Removed = "removed",
    }
}

impl ParticipationState {
    /// Still takes part, or may yet.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Invited | Self::Joined | Self::OnHold)
    }
}
