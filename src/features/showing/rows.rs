//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "feedback_sides" by "t.feedback_id, t.side",
}
