//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "goal_notes" by "t.id",
}
