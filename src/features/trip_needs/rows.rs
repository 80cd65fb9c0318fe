//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "access_needs" by "t.trip_id, t.participation_id",
    "trip_travel" by "t.trip_id",
}
