//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "trip_hosts" by "t.trip_id",
}
