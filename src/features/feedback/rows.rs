//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    // `is_live` is made from the others.
    "feedback" by "t.id" only "program_id, id, group_id, giver_id, receiver_id, mode, format, happened_on, meeting_id, trip_id, not_agreed, state, created_at, shared_at, opened_at, answered_at, logged_by_id, reported_at, typed, kept_by, kept_times, kept_at",
    "feedback_texts" by "t.feedback_id, t.element_id",
}
