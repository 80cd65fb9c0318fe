//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "group_themes" by "t.id",
}
