//! A poll, what people said in it, and what follows from that. No database, no HTML.
pub(super) mod suggest;

use crate::base::ids::{MeetingId, ParticipationId, TimePollId};
use crate::features::{groups::OpenMember, meetings::Mode};
use std::{cmp::Reverse, ops::RangeInclusive};
use time::{Duration, OffsetDateTime};

crate::text_enum! {
    /// `open → chosen | cancelled`.
    pub enum PollState {
        Open = "open",
        /// One of its times became a meeting.
        Chosen = "chosen",
        Cancelled = "cancelled",
    }
}

crate::text_enum! {
    /// What somebody says about one time.
    pub enum Fit {
        Yes = "yes",
        IfNeedBe = "if_need_be",
        No = "no",
    }
}

impl Fit {
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Yes => "Yes",
            Self::IfNeedBe => "If need be",
            Self::No => "No",
        }
    }
}

/// How many times a poll proposes.
pub(super) const TIMES: RangeInclusive<usize> = 2..=6;

/// A poll that is not written yet.
#[derive(Debug)]
pub(in super::super) struct NewPoll {
    pub(in super::super) id: TimePollId,
    pub(in super::super) mode: Mode,
    pub(in super::super) place: String,
    /// Starts and minutes, by time.
    pub(in super::super) slots: Vec<(OffsetDateTime, i32)>,
}

/// A question when a group can meet.
#[derive(Debug, Clone)]
pub struct Poll {
    pub id: TimePollId,
    pub mode: Mode,
    pub place: String,
    pub state: PollState,
    /// What became of it, and when that starts.
    pub meeting_id: Option<MeetingId>,
    pub meets_at: Option<OffsetDateTime>,
    pub started_by: ParticipationId,
    pub started_by_name: String,
    pub started_at: OffsetDateTime,
}

/// One of the times that a poll proposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PollSlot {
    /// From 1, by time.
    pub position: i32,
    pub starts_at: OffsetDateTime,
    pub minutes: i32,
}

impl PollSlot {
    #[must_use]
    pub fn ends_at(&self) -> OffsetDateTime {
        self.starts_at + Duration::minutes(i64::from(self.minutes))
    }
    /// It can be chosen, and spoken about, until it begins.
    #[must_use]
    pub fn is_ahead(&self, now: OffsetDateTime) -> bool {
        self.starts_at > now
    }
}

/// What one person said about one time.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    pub participation_id: ParticipationId,
    pub position: i32,
    pub answer: Fit,
}

/// A poll as it stands among those who are in the group now.
#[derive(Debug)]
pub struct Standing {
    pub poll: Poll,
    /// By time.
    pub slots: Vec<PollSlot>,
    /// The open members, by name.
    pub members: Vec<OpenMember>,
    pub said: Vec<Said>,
}

impl Standing {
    /// What somebody said about a time, if they did.
    #[must_use]
    pub fn answer_of(&self, who: ParticipationId, position: i32) -> Option<Fit> {
        self.said.iter().find(|one| one.participation_id == who && one.position == position).map(|one| one.answer)
    }
    /// Who said this about a time.
    #[must_use]
    pub fn who(&self, position: i32, fit: Fit) -> Vec<&OpenMember> {
        self.members.iter().filter(|one| self.answer_of(one.participation_id, position) == Some(fit)).collect()
    }
    #[must_use]
    pub fn has_answered(&self, who: ParticipationId) -> bool {
        self.said.iter().any(|one| one.participation_id == who)
    }
    /// Those who have not said anything yet.
    #[must_use]
    pub fn missing(&self) -> Vec<&OpenMember> {
        self.members.iter().filter(|one| !self.has_answered(one.participation_id)).collect()
    }
    /// The times that can still be chosen: most yes first, then fewest no, then the earliest.
    #[must_use]
    pub fn best_first(&self, now: OffsetDateTime) -> Vec<&PollSlot> {
        let mut ahead: Vec<&PollSlot> = self.slots.iter().filter(|slot| slot.is_ahead(now)).collect();
        let many = |slot: &PollSlot, fit| self.who(slot.position, fit).len();
        ahead.sort_by_key(|slot| (Reverse(many(slot, Fit::Yes)), many(slot, Fit::No), slot.starts_at));
        ahead
    }
    /// It takes answers: it is open, and not all of its times have passed.
    #[must_use]
    pub fn takes_answers(&self, now: OffsetDateTime) -> bool {
        self.poll.state == PollState::Open && self.slots.iter().any(|slot| slot.is_ahead(now))
    }
}
