//! What a trip is, and one trip as a member may read it: what the slices around a trip go by. No pages;
//! [`field_trips`](super::field_trips) alone writes it.
mod model;
mod queries;

pub use model::{Reach, Told, TripKind, TripState, TripView, day_between, new_day, pre_meeting_day};
pub(crate) use queries::{read, take, today};
