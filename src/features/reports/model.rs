//! A reported item, what was said with it, and who decides about it.
use crate::base::ids::{FeedbackId, GroupId, PersonId, ProgramId};
use crate::features::showing::ReportState;
use time::OffsetDateTime;

/// The contact who may read an item and decides about it.
#[derive(Debug, Clone)]
pub(super) struct Decider {
    pub(super) id: PersonId,
    pub(super) name: String,
    pub(super) email: String,
}

/// One item that is reported, or may be.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) program_id: ProgramId,
    pub(super) group_id: GroupId,
    pub(super) id: FeedbackId,
    pub(super) program_name: String,
    pub(super) institution: String,
    pub(super) is_spoken: bool,
    /// Since when it is kept from the others.
    pub(super) reported_at: Option<OffsetDateTime>,
    /// The contact person, or the second contact where the first is barred; nobody where both are.
    pub(super) decider: Option<Decider>,
}

impl Case {
    /// Whether this person reads it as contact and decides about it.
    pub(super) fn is_for(&self, person: PersonId) -> bool {
        self.decider.as_ref().is_some_and(|decider| decider.id == person)
    }
}

/// "Written feedback".
pub(super) const fn kind(is_spoken: bool) -> &'static str {
    if is_spoken { "Spoken feedback" } else { "Written feedback" }
}

/// What one reader reported, as the contact reads it.
#[derive(Debug, Clone)]
pub(super) struct Filed {
    pub(super) reporter_name: String,
    pub(super) line: String,
    pub(super) at: OffsetDateTime,
}

/// One's own report, as long as one did not withdraw it.
#[derive(Debug, Clone)]
pub(super) struct Own {
    pub(super) line: String,
    pub(super) at: OffsetDateTime,
    pub(super) state: ReportState,
}

/// What a contact decided before.
#[derive(Debug, Clone)]
pub(super) struct Done {
    pub(super) id: FeedbackId,
    pub(super) is_spoken: bool,
    pub(super) reported_at: OffsetDateTime,
    pub(super) stands: bool,
    pub(super) reason: String,
    pub(super) at: OffsetDateTime,
}

/// What a contact decides.
#[derive(Debug, Clone)]
pub(super) struct Decision {
    pub(super) stands: bool,
    pub(super) reason: String,
}

impl Decision {
    pub(super) const fn state(&self) -> ReportState {
        if self.stands { ReportState::Stands } else { ReportState::Closed }
    }
}

/// Somebody whom a decision concerns, and the decision.
#[derive(Debug, Clone)]
pub(super) struct Concerned {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) stands: bool,
}
