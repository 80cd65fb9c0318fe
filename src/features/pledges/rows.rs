//! Its tables as the archive file holds them, row by row.
crate::rows_of! {
    "pledge_answers" by "t.pledge_id",
    "pledge_ticks" by "t.pledge_id",
}
