//! When a group's lines are shown to all of it, and who reads which. No database, no HTML.
use crate::base::ids::ParticipationId;
use time::{Date, Duration};

/// Who is silent for so many days after the first line no longer keeps the others from reading.
pub const DAYS_TO_WRITE: i64 = 14;
/// In characters.
pub(super) const LONGEST_LINE: usize = 300;
/// The most lines that one member writes.
pub(super) const MOST_LINES: i64 = 30;

/// An open member, and whether they have said that they are done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub id: ParticipationId,
    pub name: String,
    pub is_done: bool,
}

/// How far a group is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Each writes alone.
    Writing,
    /// All are done: any of them can show the lines.
    Ready,
    /// Some are silent, and two weeks have passed: who is done can show the lines of those who are.
    Overdue,
    Revealed,
}

/// From when the two weeks count: nobody has to have written before the program closes.
#[must_use]
pub(super) fn counted_from(begun_on: Date, closing_from: Date) -> Date {
    begun_on.max(closing_from)
}

/// Whether the two weeks that count from a day are past.
#[must_use]
pub(super) fn is_overdue(counted_from: Date, today: Date) -> bool {
    today >= counted_from.saturating_add(Duration::days(DAYS_TO_WRITE))
}

/// How far a group is, whose two weeks count from a day; it has none before the first began.
#[must_use]
pub fn stage(revealed: bool, counted_from: Option<Date>, today: Date, members: &[Member]) -> Stage {
    let Some(counted_from) = counted_from else { return Stage::Writing };
    if revealed {
        Stage::Revealed
    } else if !members.is_empty() && members.iter().all(|member| member.is_done) {
        Stage::Ready
    } else if is_overdue(counted_from, today) && members.iter().any(|member| member.is_done) {
        Stage::Overdue
    } else {
        Stage::Writing
    }
}

/// Whether one member reads the line of another. One's own is always read; nothing of others is before the lines are
/// shown, and then only from done to done, as far as the reader belonged to the group when it was written.
#[expect(clippy::fn_params_excessive_bools, reason = "each is a fact of its own, and the rule is their table")]
#[must_use]
pub const fn reads(is_own: bool, revealed: bool, both_done: bool, belonged: bool) -> bool {
    is_own || (revealed && both_done && belonged)
}
