//! Who may write which of the two texts. No database, no HTML.
use crate::base::ids::ParticipationId;
use crate::features::trips::TripView;

/// Which boxes are open to somebody: each is written once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Boxes {
    pub learned: bool,
    pub to_try: bool,
}

impl Boxes {
    const NONE: Self = Self { learned: false, to_try: false };

    #[must_use]
    pub const fn any(self) -> bool {
        self.learned || self.to_try
    }
}

/// What a member may write of a trip: once it took place, and of an observation one's own side of it.
#[must_use]
pub fn boxes(trip: &TripView, me: ParticipationId) -> Boxes {
    if !trip.state.took_place() || trip.report_was_before_me {
        return Boxes::NONE;
    }
    let (learned, to_try) =
        if trip.is_observation() { (trip.observer_id == Some(me), trip.observed_id == Some(me)) } else { (true, true) };
    Boxes { learned: learned && trip.learned.is_empty(), to_try: to_try && trip.to_try.is_empty() }
}
