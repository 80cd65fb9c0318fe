//! When a report is the program's to read, and whose yes it takes. No database, no HTML.
use crate::base::ids::ParticipationId;
use time::OffsetDateTime;

/// The words that a member proposed for the program.
#[derive(Debug, Clone)]
pub struct Share {
    pub words: String,
    pub proposed_by: ParticipationId,
    pub proposer: String,
    pub proposed_at: OffsetDateTime,
    /// Since when the program reads them.
    pub shared_at: Option<OffsetDateTime>,
}

impl Share {
    /// What a page that shows the words has seen: a form sends it back, so that nobody agrees to other words.
    #[must_use]
    pub fn seen(&self) -> String {
        (self.proposed_at.unix_timestamp_nanos() / 1_000).to_string()
    }
}

/// Somebody who went and is an open member now.
#[derive(Debug, Clone)]
pub struct Went {
    pub id: ParticipationId,
    pub name: String,
    pub has_agreed: bool,
}

/// How a proposal stands for one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    NotProposed,
    /// The reader went, and has not agreed.
    Yours,
    /// Others who went have not agreed.
    OfOthers,
    /// Nobody is missing any more: who was has left.
    Unanimous,
    Shared,
}

/// Whose turn it is. Everybody who went and is in the group has to agree, whoever proposed the words.
#[must_use]
pub fn decision(share: Option<&Share>, went: &[Went], me: ParticipationId) -> Decision {
    let Some(share) = share else { return Decision::NotProposed };
    if share.shared_at.is_some() {
        return Decision::Shared;
    }
    let mut missing = went.iter().filter(|one| !one.has_agreed).peekable();
    if missing.peek().is_none() {
        return Decision::Unanimous;
    }
    if missing.any(|one| one.id == me) { Decision::Yours } else { Decision::OfOthers }
}
