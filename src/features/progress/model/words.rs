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

crate::text_enum! {
    pub enum TripKind {
        Observation = "observation",
        SiteVisit = "site_visit",
        Interview = "interview",
        Shadowing = "shadowing",
        Event = "event",
    }
}

impl TripKind {
    /// "Site visit".
    pub const fn label(self) -> &'static str {
        match self {
            Self::Observation => "Observation",
            Self::SiteVisit => "Site visit",
            Self::Interview => "Interview",
            Self::Shadowing => "Shadowing",
            Self::Event => "Event",
        }
    }
    /// "a site visit".
    pub const fn with_article(self) -> &'static str {
        match self {
            Self::Observation => "an observation",
            Self::SiteVisit => "a site visit",
            Self::Interview => "an interview",
            Self::Shadowing => "a day of shadowing",
            Self::Event => "an event",
        }
    }
}

crate::text_enum! {
    pub enum TripState {
        Planned = "planned",
        Confirmed = "confirmed",
        Completed = "completed",
        Reported = "reported",
        Postponed = "postponed",
        Cancelled = "cancelled",
    }
}

impl TripState {
    /// It took place, or everyone concerned has said yes to it.
    pub const fn is_taken_or_booked(self) -> bool {
        matches!(self, Self::Confirmed | Self::Completed | Self::Reported)
    }
    pub const fn took_place(self) -> bool {
        matches!(self, Self::Completed | Self::Reported)
    }
}

crate::text_enum! {
    pub enum GoalState {
        Draft = "draft",
        Agreed = "agreed",
        Achieved = "achieved",
        Partly = "partly",
        NotAchieved = "not_achieved",
        Dropped = "dropped",
    }
}

crate::text_enum! {
    /// Where a question to a supervisor stands.
    pub enum RequestState {
        Pending = "pending",
        Approved = "approved",
        Conditional = "conditional",
        Declined = "declined",
        Expired = "expired",
        Cancelled = "cancelled",
        Revoked = "revoked",
        Superseded = "superseded",
    }
}
