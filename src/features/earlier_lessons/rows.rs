//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "earlier_lessons" by "t.id",
    "earlier_programs" by "t.earlier_id",
}
