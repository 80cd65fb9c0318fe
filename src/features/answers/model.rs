//! What a supervisor may answer, and until when. No database, no HTML.
use crate::access::ProgramState;
use crate::features::approvals::{Promise, ReasonCode, Request, RequestState, Terms, Told};
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

/// An answer with what belongs to it and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    Yes {
        terms: Terms,
        promises: Vec<Promise>,
    },
    Condition(String),
    Talk,
    No {
        reason: Option<ReasonCode>,
        /// From when the supervisor would look at it again.
        look_again: Option<Date>,
    },
    /// The first day without the yes.
    Withdraw(Date),
}

impl Answer {
    pub(super) const fn word(&self) -> AnswerWord {
        match self {
            Self::Yes { .. } => AnswerWord::Yes,
            Self::Condition(_) => AnswerWord::Condition,
            Self::Talk => AnswerWord::Talk,
            Self::No { .. } => AnswerWord::No,
            Self::Withdraw(_) => AnswerWord::Withdraw,
        }
    }
}

/// What a supervisor sent: the answer, a note to the peer, and what the page had shown
/// (see [`Request::seen`](crate::features::approvals::Request::seen)).
#[derive(Debug)]
pub(super) struct Given {
    pub(super) answer: Answer,
    pub(super) note: String,
    pub(super) seen: String,
}

/// Whether an answer is exactly what a request holds already.
pub(super) fn says_the_same(given: &Given, request: &Request, promises: &[Promise]) -> bool {
    let decided = match &given.answer {
        Answer::Yes { terms, promises: given } => {
            let mut given = given.clone();
            given.sort_by_key(|promise| promise.kind);
            request.state == RequestState::Approved && request.agreed == Some(*terms) && given == promises
        }
        Answer::Condition(conditions) => {
            request.state == RequestState::Conditional && request.conditions == *conditions
        }
        // Talking first decides nothing.
        Answer::Talk => false,
        Answer::No { reason, look_again } => {
            request.state == RequestState::Declined
                && request.reason == *reason
                && request.reconsider_from == *look_again
        }
        Answer::Withdraw(day) => request.state == RequestState::Revoked && request.revoked_from == Some(*day),
    };
    decided && request.note == given.note
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

/// Whether a supervisor may give this answer to a request that stands like this.
///
/// A yes stays open to change and to withdrawal, a no can become a yes, and an answer that
/// comes late is still an answer.
#[must_use]
pub const fn may_answer(standing: RequestState, answer: AnswerWord) -> bool {
    use RequestState as S;
    match answer {
        AnswerWord::Yes => !matches!(standing, S::Cancelled | S::Superseded),
        AnswerWord::Condition => matches!(standing, S::Pending | S::Expired | S::Conditional | S::Declined),
        AnswerWord::Talk => matches!(standing, S::Pending | S::Expired),
        AnswerWord::No => matches!(standing, S::Pending | S::Expired | S::Conditional),
        AnswerWord::Withdraw => matches!(standing, S::Approved),
    }
}

/// Whether a supervisor's answer still means something: until the program's last day.
#[must_use]
pub(super) fn takes_answers(program: ProgramState, ends_on: Date, today: Date) -> bool {
    program.takes_people() && today <= ends_on
}

/// The day from which a withdrawn yes ends unless the supervisor names another.
#[must_use]
pub(super) fn usual_end(today: Date) -> Date {
    today.saturating_add(time::Duration::days(7))
}
