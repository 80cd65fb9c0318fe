//! What a supervisor answers, promises and writes.
use super::{Request, RequestState, Terms};
use time::Date;

crate::text_enum! {
    /// The answers, as the form names them.
    pub enum AnswerWord {
        Yes = "yes",
        Condition = "condition",
        Talk = "talk",
        No = "no",
        Withdraw = "withdraw",
    }
}

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
pub(in super::super) struct Promise {
    pub(in super::super) kind: PledgeKind,
    pub(in super::super) words: String,
}

impl Promise {
    /// As a line of a list.
    pub(in super::super) fn line(&self, first_name: &str) -> String {
        if self.kind == PledgeKind::OwnWords { self.words.clone() } else { self.kind.words(first_name) }
    }
}

/// An answer with what belongs to it and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Answer {
    Yes {
        terms: Terms,
        promises: Vec<Promise>,
    },
    Condition(String),
    Talk,
    No(Option<ReasonCode>),
    /// The first day without the yes.
    Withdraw(Date),
}

impl Answer {
    pub(in super::super) const fn word(&self) -> AnswerWord {
        match self {
            Self::Yes { .. } => AnswerWord::Yes,
            Self::Condition(_) => AnswerWord::Condition,
            Self::Talk => AnswerWord::Talk,
            Self::No(_) => AnswerWord::No,
            Self::Withdraw(_) => AnswerWord::Withdraw,
        }
    }
}

/// What a supervisor sent: the answer, a note to the peer, and what the page had shown
/// (see [`Request::seen`]).
#[derive(Debug)]
pub(in super::super) struct Given {
    pub(in super::super) answer: Answer,
    pub(in super::super) note: String,
    pub(in super::super) seen: String,
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
    }
}

impl Told {
    /// Whether it is still so: an email that waits must not tell what has changed since.
    pub(in super::super) fn is_still_true(self, request: &Request) -> bool {
        match self {
            Self::Yes => request.state == RequestState::Approved,
            Self::Condition => request.state == RequestState::Conditional,
            Self::Talk => request.state == RequestState::Pending && request.talk_first_at.is_some(),
            Self::No => request.state == RequestState::Declined,
            Self::Withdrawn => request.state == RequestState::Revoked,
            Self::NotMine => request.state == RequestState::Cancelled,
        }
    }

    /// Coordinators hear of a yes once a day, of everything else at once.
    pub(in super::super) const fn can_wait(self) -> bool {
        matches!(self, Self::Yes | Self::Condition)
    }

    /// As the history names it.
    pub(in super::super) const fn action(self) -> &'static str {
        match self {
            Self::Yes => "approval_given",
            Self::Condition => "approval_given_on_a_condition",
            Self::Talk => "approval_talk_first",
            Self::No => "approval_declined",
            Self::Withdrawn => "approval_withdrawn",
            Self::NotMine => "approval_sent_to_someone_else",
        }
    }
}

impl From<AnswerWord> for Told {
    fn from(word: AnswerWord) -> Self {
        match word {
            AnswerWord::Yes => Self::Yes,
            AnswerWord::Condition => Self::Condition,
            AnswerWord::Talk => Self::Talk,
            AnswerWord::No => Self::No,
            AnswerWord::Withdraw => Self::Withdrawn,
        }
    }
}
