//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "library_entries" by "t.id",
    "library_off" by "t.name",
}
