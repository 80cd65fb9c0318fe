//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "participations" by "t.id",
}
