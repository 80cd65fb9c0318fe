//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "lessons" by "t.id",
    "lesson_sources" by "t.lesson_id",
}
