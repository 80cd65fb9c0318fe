//! What a group says of a return visit, and how that stands today. No database, no HTML.
use crate::base::ids::FieldTripId;
use crate::features::trips::TripState;
use time::Date;

crate::text_enum! {
    /// What a group says of it.
    pub enum How {
        Planned = "planned",
        Done = "done",
        Unneeded = "unneeded",
    }
}

/// What was said, as it is kept.
#[derive(Debug, Clone)]
pub struct Said {
    pub how: How,
    /// When it is to be, or was; nothing where a trip says it.
    pub on_date: Option<Date>,
    /// The trip it is planned as: which, on what day, and how that stands.
    pub trip: Option<(FieldTripId, Date, TripState)>,
}

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is said, or what was planned is called off.
    Open,
    Planned(Date),
    /// The day it was planned for is past, and nobody has said that it was.
    Due(Date),
    Done(Date),
    Unneeded,
}

impl Standing {
    /// The group still has something to say or to do.
    #[must_use]
    pub const fn waits(self) -> bool {
        matches!(self, Self::Open | Self::Due(_))
    }
}

/// How a return visit stands on a day. One that is planned as a trip goes by that trip.
#[must_use]
pub fn standing(said: Option<&Said>, today: Date) -> Standing {
    let Some(said) = said else { return Standing::Open };
    let planned = |day: Date| if day < today { Standing::Due(day) } else { Standing::Planned(day) };
    match (said.how, said.trip, said.on_date) {
        (How::Unneeded, ..) => Standing::Unneeded,
        (How::Done, _, Some(day)) => Standing::Done(day),
        (_, Some((_, _, TripState::Cancelled)), _) => Standing::Open,
        (_, Some((_, day, state)), _) if state.took_place() => Standing::Done(day),
        (_, Some((_, day, _)), _) | (How::Planned, _, Some(day)) => planned(day),
        _ => Standing::Open,
    }
}
