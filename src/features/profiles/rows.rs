//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "availability" by "t.id",
    "not_with" by "t.participation_id, t.other_id",
    "participation_themes" by "t.participation_id, t.theme_id",
}
