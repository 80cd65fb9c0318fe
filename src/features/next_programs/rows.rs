//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "next_programs" by "t.next_id",
}
