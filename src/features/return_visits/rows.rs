//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "return_visits" by "t.trip_id",
}
