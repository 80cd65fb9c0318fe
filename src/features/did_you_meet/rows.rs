//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "meeting_asks" by "t.id",
    "meeting_questions" by "t.meeting_id",
}
