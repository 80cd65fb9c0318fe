//! When pledges are followed up, and what may be said of them to whom.
use crate::base::{ids::PledgeId, local_time};
use crate::features::approvals::{self, PledgeKind, Promise, Request};
use time::{Date, Duration, OffsetDateTime};

crate::text_enum! {
    /// What a supervisor says became of a pledge.
    pub enum PledgeAnswer {
        Done = "done",
        NotYet = "not_yet",
        Cannot = "cannot",
    }
}

impl PledgeAnswer {
    /// As the supervisor reads it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Done => "Done",
            Self::NotYet => "Not yet",
            Self::Cannot => "I cannot",
        }
    }

    /// As peer and coordinators read it; a pledge without an answer is open.
    #[must_use]
    pub const fn told(answer: Option<Self>) -> &'static str {
        match answer {
            Some(Self::Done) => "Kept",
            Some(Self::Cannot) => "Not kept",
            Some(Self::NotYet) | None => "Open",
        }
    }
}

/// The day on which pledges are followed up: half-way, rounded to the earlier day.
#[must_use]
pub fn middle_day(starts_on: Date, ends_on: Date) -> Date {
    starts_on.saturating_add(Duration::days((ends_on - starts_on).whole_days() / 2))
}

/// A sum over fewer pledges than this is not shown.
pub const FEWEST_PLEDGES: i64 = 5;
/// Nor one over the pledges to fewer peers: somebody with five pledges must not be their own sum.
pub const FEWEST_PEERS: i64 = 3;

/// Whether the sum of what peers noted in private may be shown.
#[must_use]
pub const fn may_show_sum(pledges: i64, peers: i64) -> bool {
    pledges >= FEWEST_PLEDGES && peers >= FEWEST_PEERS
}

/// A pledge, and what its supervisor said became of it.
#[derive(Debug, Clone)]
pub(super) struct Followed {
    pub(super) id: PledgeId,
    pub(super) promise: Promise,
    pub(super) answer: Option<PledgeAnswer>,
}

impl Followed {
    pub(super) const fn kind(&self) -> PledgeKind {
        self.promise.kind
    }
}

/// What a page that shows these pledges has seen; a form sends it back, so that nobody changes
/// an answer that they have not read.
pub(super) fn seen(pledges: &[Followed]) -> String {
    let part =
        |pledge: &Followed| format!("{}={}", pledge.kind().as_str(), pledge.answer.map_or("", PledgeAnswer::as_str));
    pledges.iter().map(part).collect::<Vec<_>>().join(",")
}

/// Whether a request's yes is in effect, of somebody who takes part, in a program that goes on.
pub(super) fn stands(request: &Request, now: OffsetDateTime) -> bool {
    let today = local_time::day_in(&request.program.time_zone, now);
    request.program.state.is_running()
        && today <= request.program.ends_on
        && request.participation_state.is_open()
        && approvals::in_effect(request.state, request.valid_from, request.valid_until, request.revoked_from, today)
}
