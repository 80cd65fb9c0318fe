//! Who reads an item besides the two, from what each of them said and from what became of reports.
use crate::base::{
    ids::{FeedbackId, ParticipationId},
    local_time,
};
use time::{Date, OffsetDateTime};

crate::text_enum! {
    /// `open → withdrawn` by who reported it; `open → stands | closed` by a contact.
    pub enum ReportState {
        Open = "open",
        Withdrawn = "withdrawn",
        /// It may stand: everything is as before.
        Stands = "stands",
        /// It stays closed: only its author and its receiver read it, and it counts nowhere.
        Closed = "closed",
    }
}

/// What a contact decided about an item, the last time.
#[derive(Debug, Clone)]
pub struct Decided {
    pub stands: bool,
    pub reason: String,
    pub at: OffsetDateTime,
}

/// What the reader themself reported.
#[derive(Debug, Clone)]
pub struct Report {
    pub state: ReportState,
    pub at: OffsetDateTime,
}

/// What stands around one item, for one reader.
#[derive(Debug, Clone)]
pub struct Around {
    pub id: FeedbackId,
    pub giver_id: ParticipationId,
    pub receiver_id: ParticipationId,
    pub giver_name: String,
    pub receiver_name: String,
    pub happened_on: Date,
    /// The elements it is about.
    pub titles: Vec<String>,
    pub shared_at: Option<OffsetDateTime>,
    /// Answered or confirmed: neither of the two can change it any more.
    pub is_settled: bool,
    /// Said, and not confirmed by the other.
    pub is_waiting: bool,
    pub giver_shows: bool,
    pub receiver_shows: bool,
    /// Both still belong to the group, so that either can take it back.
    pub both_belong: bool,
    /// The reader is one of the two and left it out of their own list.
    pub is_hidden: bool,
    /// A report keeps it from the others: until it is decided, or for good.
    pub is_reported: bool,
    /// The reader's own report, unless they withdrew it.
    pub mine: Option<Report>,
    pub decided: Option<Decided>,
}

impl Around {
    /// Whether the reader is one of the two.
    #[must_use]
    pub fn is_between(&self, reader: ParticipationId) -> bool {
        [self.giver_id, self.receiver_id].contains(&reader)
    }

    /// The day it was shared, as the program counts days: who came later does not read it.
    #[must_use]
    pub fn shared_on(&self, zone: &str) -> Option<Date> {
        self.shared_at.map(|at| local_time::day_in(zone, at))
    }

    const fn both_say_so(&self) -> bool {
        self.is_settled && self.giver_shows && self.receiver_shows && self.both_belong
    }

    /// Whether those who belonged to the group when it was shared read it.
    #[must_use]
    pub const fn is_shown(&self) -> bool {
        self.both_say_so() && !self.is_reported
    }

    /// Whether a member of the group who is neither of the two reads it. Who reported it reads it until it is
    /// decided.
    #[must_use]
    pub fn others_read(&self, belonged_then: bool) -> bool {
        belonged_then && self.both_say_so() && (!self.is_reported || self.i_wait())
    }

    /// The reader reported it, and nothing is decided.
    #[must_use]
    pub fn i_wait(&self) -> bool {
        self.mine.as_ref().is_some_and(|report| report.state == ReportState::Open)
    }

    /// A contact decided that it stays closed; nobody can report it again.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.is_reported && self.decided.as_ref().is_some_and(|decided| !decided.stands)
    }
}
