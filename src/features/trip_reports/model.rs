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
    let own = own_side(trip, me);
    Boxes { learned: own.learned && trip.learned.is_empty(), to_try: own.to_try && trip.to_try.is_empty() }
}

/// What is somebody's to write at all, whether or not it stands there by now.
fn own_side(trip: &TripView, me: ParticipationId) -> Boxes {
    if !trip.is_observation() {
        return Boxes { learned: true, to_try: true };
    }
    Boxes { learned: trip.observer_id == Some(me), to_try: trip.observed_id == Some(me) }
}

/// Which of the texts that were typed have lost their box while they were written: it is closed, and other words stand
/// there. The same form sent twice has lost nothing.
pub(super) fn homeless(trip: &TripView, me: ParticipationId, learned: &str, to_try: &str) -> Boxes {
    let (own, open) = (own_side(trip, me), boxes(trip, me));
    Boxes {
        learned: own.learned && !open.learned && says_more(learned, &trip.learned),
        to_try: own.to_try && !open.to_try && says_more(to_try, &trip.to_try),
    }
}

/// There are words, and they are not those that stand there.
fn says_more(typed: &str, stands: &str) -> bool {
    !typed.trim().is_empty() && !typed.split_whitespace().eq(stands.split_whitespace())
}
