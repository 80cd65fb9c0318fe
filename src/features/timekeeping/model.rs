//! How an agenda runs. No database, no HTML.
use crate::base::ids::AgendaItemId;
use crate::features::meetings::{Meeting, MeetingState};
use time::{Duration, OffsetDateTime};

/// So long before the start the page is worth a link.
const NEAR: Duration = Duration::minutes(30);
/// So long after the planned end nobody begins to keep time any more: it is for the log then.
const LATEST: Duration = Duration::hours(6);
/// The longest an item can have taken, as the log has it.
const LONGEST: i64 = 720;

/// When an item of a running meeting began, and when it was over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemTime {
    pub item_id: AgendaItemId,
    pub started_at: OffsetDateTime,
    /// None: it runs.
    pub ended_at: Option<OffsetDateTime>,
    /// Passed over; its time counts with what came next.
    pub skipped: bool,
}

impl ItemTime {
    /// What it took, to the nearest minute and at least one; `None` while it runs, and when it was skipped.
    #[must_use]
    pub fn minutes(&self) -> Option<i32> {
        let took = (self.ended_at.filter(|_| !self.skipped)? - self.started_at).whole_seconds();
        i32::try_from(((took + 30) / 60).clamp(1, LONGEST)).ok()
    }
}

/// Where a meeting stands for whoever keeps its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It is logged, or off.
    Closed,
    /// It is still to come.
    Ahead,
    /// There is nothing to go by.
    NoAgenda,
    /// It can begin.
    Ready,
    /// The item at this place of the agenda, from 0.
    Runs(usize),
    /// Everything was done or skipped.
    AllDone,
    /// It was some hours ago, and nobody kept time.
    TooLate,
}

/// Where a meeting with these items, in their order, stands now.
#[must_use]
pub fn stage(meeting: &Meeting, items: &[AgendaItemId], times: &[ItemTime], now: OffsetDateTime) -> Stage {
    let running = times.iter().find(|time| time.ended_at.is_none());
    let running = running.and_then(|time| items.iter().position(|id| *id == time.item_id));
    match running {
        _ if meeting.state != MeetingState::Scheduled => Stage::Closed,
        _ if now < meeting.starts_at => Stage::Ahead,
        _ if items.is_empty() => Stage::NoAgenda,
        Some(at) => Stage::Runs(at),
        None if !times.is_empty() => Stage::AllDone,
        None if now > meeting.ends_at + LATEST => Stage::TooLate,
        None => Stage::Ready,
    }
}

/// It begins soon or may still run, so that the page is worth a link.
#[must_use]
pub fn is_near((starts_at, ends_at): (OffsetDateTime, OffsetDateTime), now: OffsetDateTime) -> bool {
    now >= starts_at - NEAR && now <= ends_at + NEAR
}

/// The last item of the agenda that is over: what somebody who pressed too early goes back to.
pub(super) fn last_over(items: &[AgendaItemId], times: &[ItemTime]) -> Option<AgendaItemId> {
    let is_over = |id: &&AgendaItemId| times.iter().any(|time| time.item_id == **id && time.ended_at.is_some());
    items.iter().rev().find(is_over).copied()
}

/// What comes next: the first item that has not begun.
pub(super) fn next(items: &[AgendaItemId], times: &[ItemTime]) -> Option<AgendaItemId> {
    items.iter().find(|id| !times.iter().any(|time| time.item_id == **id)).copied()
}
