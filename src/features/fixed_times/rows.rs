//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "fixed_times" by "t.group_id, t.position",
}
