//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "host_thanks" by "t.trip_id",
}
