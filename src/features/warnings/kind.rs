//! What there is to warn of.

/// The most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Nothing goes on before this.
    Blocking,
    /// Somebody may not be able to go on.
    Stopped,
    /// Somebody waits.
    Waiting,
    /// Worth a look this week.
    Soon,
    /// Good to know.
    Look,
}

crate::text_enum! {
    /// The kinds of warnings. Their words are kept where somebody put one off, and printed by `see-also report`.
    pub enum Kind {
        NotOpen = "not_open",
        LookOver = "look_over",
        NotLaunched = "not_launched",
        Nobody = "nobody",
        /// People are ready for a group.
        Ready = "ready",
        Declined = "declined",
        /// A supervisor was asked and has not answered.
        Unanswered = "unanswered",
        NeverAsked = "never_asked",
        /// Somebody was invited and has not answered.
        InvitationOpen = "invitation_open",
        /// A yes was taken back, or ends soon.
        BackingEnds = "backing_ends",
        TooSmall = "too_small",
        TwoMisses = "two_misses",
        /// Little has happened, and little is planned.
        Stalled = "stalled",
        /// No meeting is scheduled, and none was held.
        NoDate = "no_date",
        /// No meeting was held yet.
        NoMeeting = "no_meeting",
        LostMember = "lost_member",
        Unlogged = "unlogged",
        HostSilent = "host_silent",
        /// A trip waits for a supervisor's yes.
        TripUnanswered = "trip_unanswered",
        TripUnconfirmed = "trip_unconfirmed",
        OffGoal = "off_goal",
        InformalOver = "informal_over",
        NoElement = "no_element",
        NoFeedback = "no_feedback",
        OneSided = "one_sided",
        NoAgreement = "no_agreement",
    }
}

impl Kind {
    /// Its stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.as_str()
    }

    /// How much it presses.
    #[must_use]
    pub const fn urgency(self) -> Urgency {
        match self {
            Self::NotOpen | Self::Nobody => Urgency::Blocking,
            Self::BackingEnds | Self::TooSmall | Self::TwoMisses | Self::Stalled | Self::NoMeeting => Urgency::Stopped,
            Self::Ready | Self::Unanswered | Self::NoDate | Self::LostMember => Urgency::Waiting,
            Self::NotLaunched
            | Self::Declined
            | Self::NeverAsked
            | Self::InvitationOpen
            | Self::Unlogged
            | Self::HostSilent
            | Self::TripUnanswered
            | Self::TripUnconfirmed => Urgency::Soon,
            Self::LookOver
            | Self::OffGoal
            | Self::InformalOver
            | Self::NoElement
            | Self::NoFeedback
            | Self::OneSided
            | Self::NoAgreement => Urgency::Look,
        }
    }
}
