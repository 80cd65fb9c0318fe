//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "join_asks" by "t.id",
}
