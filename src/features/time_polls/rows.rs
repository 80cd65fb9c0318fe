//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "time_polls" by "t.id",
    "time_poll_asks" by "t.id",
    "time_poll_slots" by "t.poll_id, t.position",
    "time_poll_answers" by "t.poll_id, t.participation_id, t.position",
}
