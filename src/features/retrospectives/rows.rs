//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "retrospectives" by "t.group_id",
    "retrospective_lines" by "t.id",
    "retrospective_ends" by "t.group_id, t.participation_id",
}
