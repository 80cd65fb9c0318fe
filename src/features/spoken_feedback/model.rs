//! Who said it to whom, and which words somebody has before them.
use crate::base::ids::ParticipationId;
use crate::features::feedback::{Feedback, Typed};
use time::OffsetDateTime;

/// Who said it, as the one who logs it sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// "I said it to them."
    To(ParticipationId),
    /// "They said it to me."
    From(ParticipationId),
}

impl Way {
    /// As an address or a form names it: one of two fields.
    pub(super) fn parse(to: &str, from: &str) -> Option<Self> {
        ParticipationId::parse(to).map(Self::To).or_else(|| ParticipationId::parse(from).map(Self::From))
    }

    /// As the form of a log holds it.
    pub(super) fn typed(typed: &Typed) -> Option<Self> {
        Self::parse(typed.get("to"), typed.get("from"))
    }

    /// Of an item, for one of the two.
    pub(super) fn of(item: &Feedback, me: ParticipationId) -> Self {
        if item.giver_id == me { Self::To(item.receiver_id) } else { Self::From(item.giver_id) }
    }

    /// The field of the form, and what it holds.
    pub(super) fn field(self) -> (&'static str, String) {
        match self {
            Self::To(id) => ("to", id.to_string()),
            Self::From(id) => ("from", id.to_string()),
        }
    }
}

/// Which words are to be confirmed: those that were logged at this moment. A correction moves it.
pub(super) fn version(item: &Feedback) -> String {
    item.shared_at.map_or_else(String::new, |at| at.unix_timestamp_nanos().to_string())
}

/// The moment that a page's version names.
pub(super) fn moment(version: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(version.trim().parse().ok()?).ok()
}
