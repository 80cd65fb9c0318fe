//! What a supervisor promises and writes, and what the emails tell of it.
use super::{Request, RequestState};

crate::text_enum! {
    /// What makes a yes more than a permission.
    pub enum PledgeKind {
        ProtectTime = "protect_time",
        CoverShift = "cover_shift",
        AnnualReview = "annual_review",
        ShowAndTell = "show_and_tell",
        OpenDoor = "open_door",
        Opportunities = "opportunities",
        /// The one kind that has words.
        OwnWords = "own_words",
    }
}

impl PledgeKind {
    /// As a promise about one person, in the supervisor's voice: "Keep Hana’s meeting time free".
    #[must_use]
    pub fn words(self, first_name: &str) -> String {
        match self {
            Self::ProtectTime => format!("Keep {first_name}’s meeting time free of other work"),
            Self::CoverShift => format!("Cover the desk or the shift while {first_name}’s group meets"),
            Self::AnnualReview => "Count it in the yearly review".to_owned(),
            Self::ShowAndTell => format!("Invite {first_name} to show what came of it"),
            Self::OpenDoor => "Open a door at a place worth visiting".to_owned(),
            Self::Opportunities => format!("Pass on opportunities that fit {first_name}"),
            Self::OwnWords => "Something of your own".to_owned(),
        }
    }
}

crate::text_enum! {
    /// Why not, in one word; coordinators read it.
    pub enum ReasonCode {
        Coverage = "coverage",
        Workload = "workload",
        Timing = "timing",
        Other = "other",
    }
}

impl ReasonCode {
    /// "Nobody can cover".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Coverage => "Nobody can cover",
            Self::Workload => "Too much other work",
            Self::Timing => "The wrong time of year",
            Self::Other => "Something else",
        }
    }
}

/// One pledge, with the supervisor's words when it is of their own making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Promise {
    pub(crate) kind: PledgeKind,
    pub(crate) words: String,
}

impl Promise {
    /// As a line of a list.
    pub(crate) fn line(&self, first_name: &str) -> String {
        if self.kind == PledgeKind::OwnWords { self.words.clone() } else { self.kind.words(first_name) }
    }
}

crate::text_enum! {
    /// What happened to a request, as the emails about it tell.
    pub enum Told {
        Yes = "yes",
        Condition = "condition",
        Talk = "talk",
        No = "no",
        Withdrawn = "withdrawn",
        /// It was sent to someone who is not the supervisor.
        NotMine = "not_mine",
        /// Its condition was not accepted in time.
        Lapsed = "lapsed",
        /// The peer did not take its condition.
        Refused = "refused",
    }
}

impl Told {
    /// Whether it is still so: an email that waits must not tell what has changed since.
    pub(crate) fn is_still_true(self, request: &Request) -> bool {
        match self {
            Self::Yes => request.state == RequestState::Approved,
            Self::Condition => request.state == RequestState::Conditional,
            Self::Talk => request.state == RequestState::Pending && request.talk_first_at.is_some(),
            Self::No => request.state == RequestState::Declined,
            Self::Withdrawn => request.state == RequestState::Revoked,
            Self::NotMine | Self::Lapsed | Self::Refused => request.state == RequestState::Cancelled,
        }
    }

    /// Coordinators hear of a yes once a day, of everything else at once.
    pub(crate) const fn can_wait(self) -> bool {
        matches!(self, Self::Yes | Self::Condition)
    }

    /// As the history names it.
    pub(crate) const fn action(self) -> &'static str {
        match self {
            Self::Yes => "approval_given",
            Self::Condition => "approval_given_on_a_condition",
            Self::Talk => "approval_talk_first",
            Self::No => "approval_declined",
            Self::Withdrawn => "approval_withdrawn",
            Self::NotMine => "approval_sent_to_someone_else",
            Self::Lapsed => "condition_lapsed",
            Self::Refused => "condition_refused",
        }
    }
}
