//! What is said about a meeting afterwards.
use crate::base::{
    ids::{ActionId, AgendaItemId, ParticipationId},
    local_time,
};
use crate::features::{
    goal_notes::NewNote,
    meetings::{Meeting, Outcome},
};
use time::{Duration, OffsetDateTime, PrimitiveDateTime};

/// Someone who may have been at a meeting.
#[derive(Debug, Clone)]
pub struct Eligible {
    pub id: ParticipationId,
    pub name: String,
    /// As logged before.
    pub came: bool,
}

/// A log that was read from a form.
#[derive(Debug)]
pub struct Log {
    pub present: Vec<ParticipationId>,
    pub items: Vec<(AgendaItemId, Outcome)>,
    /// Empty: no notes.
    pub note: String,
    /// Only where the roles as planned cannot stand.
    pub note_taker: Option<ParticipationId>,
    /// What moved on the goals.
    pub moved: Vec<NewNote>,
    /// What was open and is done.
    pub acted: Vec<ActionId>,
    /// It is another meeting than the one that was logged on the same day with the same people.
    pub is_another: bool,
    /// The log as it was when the form was drawn; `None` where the caller has looked itself.
    pub was: Option<String>,
}

/// A log is refused from this many minutes on.
pub(in super::super) const TOO_LONG: i32 = 720;

/// What is wrong with a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogProblem {
    TooFewCame,
    /// Somebody was not an open member on the day.
    Stranger,
    /// Three or more came, and one person facilitated and took notes.
    OneForTwoRoles,
    NothingDone,
    TwelveHours,
}

impl LogProblem {
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::TooFewCame => "A meeting takes at least two of you. If you did not meet, say so instead",
            Self::Stranger => "Choose from those who belonged to the group that day",
            Self::OneForTwoRoles => "With three or more of you, one facilitates and another takes notes. Say who did",
            Self::NothingDone => "Give at least one item its minutes. If you did not meet, say so instead",
            Self::TwelveHours => "That makes twelve hours or more. Check the minutes",
        }
    }
    /// The field where it is said.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::TooFewCame | Self::Stranger => "came",
            Self::OneForTwoRoles => "note_taker",
            Self::NothingDone | Self::TwelveHours => "minutes",
        }
    }
}

impl Log {
    /// Minutes of what was done; the meeting's own when it had no agenda.
    #[must_use]
    pub fn actual_minutes(&self, meeting: &Meeting) -> i32 {
        if self.items.is_empty() {
            return meeting.minutes();
        }
        self.items.iter().filter_map(|(_, outcome)| outcome.minutes()).fold(0, i32::saturating_add)
    }

    /// Rule 6, and the bounds of what can be true.
    ///
    /// `eligible` are the open members on the day of the meeting.
    ///
    /// # Errors
    /// [`LogProblem`]
    pub fn check(&self, meeting: &Meeting, eligible: &[ParticipationId]) -> Result<(), LogProblem> {
        if self.present.iter().chain(&self.note_taker).any(|id| !eligible.contains(id)) {
            return Err(LogProblem::Stranger);
        }
        if self.present.len() < 2 {
            return Err(LogProblem::TooFewCame);
        }
        let mut roles = meeting.roles();
        roles.note_taker = self.note_taker.or(roles.note_taker);
        if roles.doubles() && self.present.len() >= 3 {
            return Err(LogProblem::OneForTwoRoles);
        }
        let minutes = self.actual_minutes(meeting);
        if minutes == 0 {
            return Err(LogProblem::NothingDone);
        }
        if !self.items.is_empty() && minutes >= TOO_LONG {
            return Err(LogProblem::TwelveHours);
        }
        Ok(())
    }
}

/// One rhythm on at the same wall time, in the future; `None` when the clocks have no such time that day.
#[must_use]
pub fn next_after(meeting: &Meeting, rhythm_days: i32, now: OffsetDateTime) -> Option<PrimitiveDateTime> {
    let rhythm = Duration::days(i64::from(rhythm_days.max(1)));
    let mut local = meeting.starts_local().checked_add(rhythm)?;
    let today = local_time::to_local(&meeting.time_zone, now);
    while local <= today {
        local = local.checked_add(rhythm)?;
    }
    local_time::to_instant(&meeting.time_zone, local).is_ok().then_some(local)
}
