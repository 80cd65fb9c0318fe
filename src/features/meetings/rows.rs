//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "meetings" by "t.id",
    "attendances" by "t.meeting_id, t.participation_id",
    "agenda_items" by "t.id",
}
