//! Which reminder comes on which day. No database, no HTML.
use time::{Duration, OffsetDateTime};

/// How many days a condition waits for the peer.
pub const CONDITION_DAYS: i64 = 10;
/// For how long "let's talk first" keeps reminders back.
const TALK: Duration = Duration::days(7);

crate::text_enum! {
    /// What is sent while a request waits.
    pub enum Step {
        First = "first",
        Second = "second",
        Third = "third",
        /// In the place of those that fell into the days for talking.
        AfterTalk = "after_talk",
        PeerWaits = "peer_waits",
        CoordinatorWaits = "coordinator_waits",
        /// To the peer: the time to answer is over.
        Over = "over",
        /// To the peer: the day has come from which a supervisor who said no would look again.
        LookAgain = "look_again",
    }
}

impl Step {
    /// Days after the request went out; `None` where another rule gives the time.
    #[must_use]
    pub const fn day(self) -> Option<i64> {
        match self {
            Self::First => Some(3),
            Self::Second | Self::PeerWaits => Some(7),
            Self::CoordinatorWaits => Some(10),
            Self::Third => Some(14),
            Self::AfterTalk | Self::Over | Self::LookAgain => None,
        }
    }

    /// Whether it goes to the supervisor.
    #[must_use]
    pub const fn reminds(self) -> bool {
        matches!(self, Self::First | Self::Second | Self::Third | Self::AfterTalk)
    }
}

/// Until when reminders keep still, if they do now.
#[must_use]
pub(super) fn still_until(talk_first_at: Option<OffsetDateTime>, now: OffsetDateTime) -> Option<OffsetDateTime> {
    talk_first_at.map(|at| at + TALK).filter(|until| now < *until)
}
