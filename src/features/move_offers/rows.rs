//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "moves" by "t.id",
}
