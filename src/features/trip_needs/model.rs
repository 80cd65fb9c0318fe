//! Who reads what about getting to a trip. No database, no HTML.
use crate::base::ids::{FieldTripId, GroupId, ParticipationId, ProgramId};
use time::Date;

/// Where a trip is to be found.
pub(super) type Key = (ProgramId, FieldTripId);

/// How those who go get there.
#[derive(Debug, Clone)]
pub(crate) struct Travel {
    pub(super) words: String,
    /// In the program's zone.
    pub(super) written_on: Date,
}

/// The trip, as much of it as its needs concern.
#[derive(Debug, Clone)]
pub(super) struct Trip {
    pub(super) group_id: GroupId,
    /// It may yet take place.
    pub(super) is_ahead: bool,
    pub(super) on_date: Date,
    pub(super) kind: String,
    /// Who planned it.
    pub(super) organiser_id: ParticipationId,
    /// The reader goes.
    pub(super) i_go: bool,
}

/// What somebody who goes needs.
#[derive(Debug, Clone)]
pub(super) struct Needs {
    pub(super) participation_id: ParticipationId,
    pub(super) name: String,
    pub(super) words: String,
}
