//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "field_trips" by "t.id",
    "trip_elements" by "t.trip_id, t.element_id",
    "trip_goers" by "t.trip_id, t.participation_id",
}
