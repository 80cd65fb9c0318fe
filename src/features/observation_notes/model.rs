//! Who of the two may do what with notes, and when. No database, no HTML.
use crate::base::{
    ids::{ElementId, FieldTripId, GroupId, ParticipationId, ProgramId},
    local_time,
};
use time::{Date, Duration, OffsetDateTime, Time};

crate::text_enum! {
    /// How a sheet to print is ruled.
    pub enum SheetKind {
        /// Room under each element.
        Elements = "elements",
        /// What is said, word for word, and by whom.
        Script = "script",
        /// What happens, and when.
        TimeLog = "time_log",
    }
}

impl SheetKind {
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Elements => "Free notes on each element",
            Self::Script => "Script",
            Self::TimeLog => "Time log",
        }
    }
}

/// Where an observation is to be found.
pub(super) type Key = (ProgramId, FieldTripId);

/// One of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Observer,
    Observed,
}

/// What pressing "Delete" would do for one of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deleting {
    /// There is nothing this side could delete.
    Nothing,
    /// They are gone at once, and no trace is left.
    AtOnce,
    /// The other has to agree.
    Ask,
    /// This side asked; the other has not agreed.
    Asked,
}

/// For so many days after they were handed over, the observed person deletes notes alone.
const ALONE_DAYS: i64 = 14;

/// What one side may do to have notes deleted: handed over on a day, or not yet; where one of the two has asked for
/// it, which.
#[must_use]
pub fn deleting(me: Side, handed_on: Option<Date>, asked: Option<Side>, today: Date) -> Deleting {
    let Some(handed_on) = handed_on else {
        return if me == Side::Observer { Deleting::AtOnce } else { Deleting::Nothing };
    };
    let alone = me == Side::Observed && today <= last_day_alone(handed_on);
    match asked {
        _ if alone => Deleting::AtOnce,
        Some(side) if side == me => Deleting::Asked,
        Some(_) => Deleting::AtOnce,
        None => Deleting::Ask,
    }
}

/// The last day on which the observed person deletes notes alone.
pub(super) fn last_day_alone(handed_on: Date) -> Date {
    handed_on.saturating_add(Duration::days(ALONE_DAYS))
}

/// The observation, as much of it as its notes need.
#[derive(Debug, Clone)]
pub(super) struct Observation {
    pub(super) group_id: GroupId,
    /// Confirmed, or it took place.
    pub(super) stands: bool,
    pub(super) on_date: Date,
    pub(super) starts_time: Option<Time>,
    pub(super) observer_id: ParticipationId,
    pub(super) observer: String,
    pub(super) observed_id: ParticipationId,
    pub(super) observed: String,
    pub(super) time_zone: String,
}

impl Observation {
    pub(super) fn today(&self, now: OffsetDateTime) -> Date {
        local_time::day_in(&self.time_zone, now)
    }

    /// Which of the two somebody is.
    pub(super) fn side_of(&self, who: ParticipationId) -> Option<Side> {
        if who == self.observer_id {
            Some(Side::Observer)
        } else if who == self.observed_id {
            Some(Side::Observed)
        } else {
            None
        }
    }

    /// Notes are taken from the day on.
    pub(super) fn takes_notes(&self, now: OffsetDateTime) -> bool {
        self.stands && self.today(now) >= self.on_date
    }
}

/// Notes that one of the two reads, without their words.
#[derive(Debug)]
pub(super) struct Mine {
    pub(super) trip_id: FieldTripId,
    pub(super) on_date: Date,
    pub(super) observer_id: ParticipationId,
    pub(super) observer: String,
    pub(super) observed: String,
    pub(super) handed_at: Option<OffsetDateTime>,
    pub(super) drop_asked_by: Option<ParticipationId>,
}

impl Mine {
    /// What one of the two may do to have them deleted.
    pub(super) fn deleting(&self, me: ParticipationId, zone: &str, now: OffsetDateTime) -> Deleting {
        let side = |who| if who == self.observer_id { Side::Observer } else { Side::Observed };
        let handed_on = self.handed_at.map(|at| local_time::day_in(zone, at));
        deleting(side(me), handed_on, self.drop_asked_by.map(side), local_time::day_in(zone, now))
    }
}

/// What is noted on one element.
#[derive(Debug, Clone)]
pub(super) struct OnElement {
    pub(super) id: ElementId,
    pub(super) title: String,
    /// Empty where nothing is noted.
    pub(super) words: String,
}

/// What was noted besides the elements, and what became of it.
#[derive(Debug, Clone)]
pub(super) struct Notes {
    pub(super) log: String,
    pub(super) handed_at: Option<OffsetDateTime>,
    pub(super) drop_asked_by: Option<ParticipationId>,
}

/// What an observer typed, checked.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) log: String,
    pub(super) texts: Vec<(ElementId, String)>,
}
