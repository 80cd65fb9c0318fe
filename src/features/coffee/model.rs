//! When a coffee meeting is offered, and in which words.
use crate::base::{ids::MeetingId, words};

/// How a held meeting that had an agenda went, as far as catching up goes.
#[derive(Debug, Clone, Copy)]
pub struct Ran {
    pub meeting_id: MeetingId,
    /// Minutes that were kept for it. What was carried in counts where it was first planned.
    pub planned: i32,
    pub actual: i32,
    /// It was for nothing else.
    pub informal_only: bool,
}

/// How many in a row.
const IN_A_ROW: usize = 3;

/// An offer of a meeting that is for catching up alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The last of the meetings that it rests on.
    pub meeting: String,
    /// "Your last three meetings took 54 minutes for catching up, and you had kept 30 for it."
    pub words: String,
}

/// The offer that these meetings give rise to: those since the last one that was declined, the latest first.
///
/// A meeting that was for nothing else ends the row.
#[must_use]
pub fn offer(latest: &[Ran]) -> Option<Offer> {
    let row = latest.get(..IN_A_ROW)?;
    if row.iter().any(|ran| ran.informal_only || ran.actual <= ran.planned) {
        return None;
    }
    let (planned, actual): (i32, i32) =
        row.iter().fold((0, 0), |(planned, actual), ran| (planned + ran.planned, actual + ran.actual));
    let kept = if planned == 0 { "none".to_owned() } else { planned.to_string() };
    Some(Offer {
        meeting: row.first()?.meeting_id.to_string(),
        words: format!(
            "Your last {} meetings took {actual} minutes for catching up, and you had kept {kept} for it. You seem to be good company.",
            words::number(IN_A_ROW)
        ),
    })
}
