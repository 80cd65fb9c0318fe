//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "observation_notes" by "t.trip_id",
    "observation_note_texts" by "t.trip_id, t.element_id",
}
