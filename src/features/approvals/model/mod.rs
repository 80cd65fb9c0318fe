//! A request for a supervisor's approval: its states, what may follow what, and when it counts.
mod digest;
mod promise;
mod request;
mod terms;

pub use digest::{HOUR as DIGEST_HOUR, is_weekend, next_digest};
pub(crate) use promise::Promise;
pub use promise::{PledgeKind, ReasonCode, Told};
pub(crate) use request::{AskedTrip, AskingProgram, NewRequest, Request, RequestFacts};
pub(crate) use terms::Terms;

use time::{Date, OffsetDateTime};

crate::text_enum! {
    /// `pending → approved | conditional | declined | expired | cancelled`, and the changes of mind
    /// that [`may_answer`](crate::features::answers::may_answer) lists. *Expired* is mostly derived: see [`standing`].
    pub enum RequestState {
        Pending = "pending",
        Approved = "approved",
        /// A yes that counts once the peer accepts its condition.
        Conditional = "conditional",
        Declined = "declined",
        Expired = "expired",
        /// Asked again elsewhere, or sent to someone who is not the supervisor.
        Cancelled = "cancelled",
        /// A yes that ends on a date.
        Revoked = "revoked",
        Superseded = "superseded",
    }
}

crate::text_enum! {
    /// What approval is asked for.
    pub enum Purpose {
        Join = "join",
        /// For a program that goes on.
        Reconfirm = "reconfirm",
        /// For one trip that goes beyond what was agreed.
        Trip = "trip",
    }
}

/// The state as it counts at an instant: nobody waits for an answer whose time has run out.
#[must_use]
pub fn standing(state: RequestState, expires_at: OffsetDateTime, now: OffsetDateTime) -> RequestState {
    if state == RequestState::Pending && now > expires_at { RequestState::Expired } else { state }
}

crate::text_enum! {
    /// How far a supervisor goes along, as coordinators count it.
    pub enum BuyIn {
        Declined = "declined",
        Authorised = "authorised",
        /// Authorised, with at least one pledge.
        Advocating = "advocating",
    }
}

impl BuyIn {
    /// From how a request stands; `None` as long as nothing is decided.
    #[must_use]
    pub const fn of(standing: RequestState, pledges: i64) -> Option<Self> {
        match standing {
            RequestState::Declined | RequestState::Revoked => Some(Self::Declined),
            RequestState::Approved if pledges > 0 => Some(Self::Advocating),
            RequestState::Approved => Some(Self::Authorised),
            _ => None,
        }
    }

    /// "Advocating".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Declined => "Declined",
            Self::Authorised => "Authorised",
            Self::Advocating => "Advocating",
        }
    }
}

/// Whether an approval holds on a date of the program's zone: approved, inside its dates (both
/// included), and not revoked by then.
///
/// Approvals are given from the program's first day on; before that day, ask about that day.
#[must_use]
pub fn in_effect(
    state: RequestState,
    valid_from: Date,
    valid_until: Date,
    revoked_from: Option<Date>,
    on: Date,
) -> bool {
    let given = match state {
        RequestState::Approved => true,
        RequestState::Revoked => revoked_from.is_some_and(|from| on < from),
        _ => false,
    };
    given && valid_from <= on && on <= valid_until
}

/// Whether the peer may ask (again): always, unless a yes stands.
#[must_use]
pub const fn may_ask_again(latest: Option<RequestState>) -> bool {
    !matches!(latest, Some(RequestState::Approved))
}
