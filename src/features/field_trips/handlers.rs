//! Reads the request, calls one service function, picks the page.
pub(super) mod plan;
pub(super) mod steps;

use crate::access::GroupMember;
use crate::base::ids::FieldTripId;
use serde::Deserialize;

/// The trip named in the URL.
#[derive(Deserialize)]
pub(super) struct OfTrip {
    trip_id: FieldTripId,
}

fn path(member: &GroupMember, trip_id: FieldTripId) -> String {
    format!("{}/trips/{trip_id}", member.group().path())
}
